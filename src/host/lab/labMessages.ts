import { AppError } from '../../common/errors.ts';
import type { LabMatrixChoice } from '../../common/labProtocol.ts';
import type { LabPromptField, LabReplay, LabSettings } from '../../common/labState.ts';
import { thinkingLevels } from '../../common/model.ts';

/** Reads what the Lab's page sends. Anything of another form is refused with `validation`. */

/** Characters of one text; a prompt of a million characters fits no model. */
const longest = 2_000_000;
const replays: readonly LabReplay[] = ['turn', 'frozen', 'cascading'];

function refuse(field: string): AppError {
	return new AppError('validation', `The panel sent a bad ${field}`, { info: { field } });
}

export function fields(params: unknown): Record<string, unknown> {
	if (typeof params !== 'object' || params === null || Array.isArray(params)) {
		throw refuse('message');
	}
	return params as Record<string, unknown>;
}

export function text(params: unknown, field: string): string {
	const value = fields(params)[field];
	if (typeof value !== 'string' || value.length > longest) {
		throw refuse(field);
	}
	return value;
}

export function index(params: unknown, field: string): number {
	const value = fields(params)[field];
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
		throw refuse(field);
	}
	return value;
}

function list<T>(params: unknown, field: string, accepts: (value: unknown) => value is T): T[] {
	const value = fields(params)[field];
	if (!Array.isArray(value) || value.length > 10_000 || !value.every(accepts)) {
		throw refuse(field);
	}
	return value;
}

const isString = (value: unknown): value is string => typeof value === 'string';

function oneOf<T extends string>(value: unknown, allowed: readonly T[], field: string): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) {
		throw refuse(field);
	}
	return found;
}

export function nothing(): Record<string, never> {
	return {};
}

export function fieldOf(field: unknown): LabPromptField {
	const part = oneOf(fields(field)['part'], ['base', 'instructions', 'context'] as const, 'field');
	return part === 'base' ? { part } : { part, section: index(field, 'section') };
}

export function editOf(params: unknown): { field: LabPromptField; text: string | null } {
	const { field, text: given } = fields(params);
	return {
		field: fieldOf(field),
		text: given === null ? null : text(params, 'text'),
	};
}

export function settingsOf(params: unknown): Partial<Omit<LabSettings, 'model'>> {
	const { thinking, replay, maxTokens } = fields(params);
	return {
		...(thinking !== undefined && { thinking: oneOf(thinking, thinkingLevels, 'thinking') }),
		...(replay !== undefined && { replay: oneOf(replay, replays, 'replay') }),
		...(maxTokens !== undefined && { maxTokens: index(params, 'maxTokens') }),
	};
}

export function placesOf(params: unknown): { items?: { section: number; item: number }[] } {
	if (fields(params)['items'] === undefined) {
		return {};
	}
	const isPlace = (value: unknown): value is object => typeof value === 'object' && value !== null;
	const items = list(params, 'items', isPlace);
	return { items: items.map((place) => ({ section: index(place, 'section'), item: index(place, 'item') })) };
}

/** Messages of a conversation that the page may ask for at once. */
const messagesAtOnce = 1_000;

export function messagesOf(params: unknown): { column: string; indices: number[] } {
	const isIndex = (value: unknown): value is number => Number.isInteger(value);
	const indices = list(params, 'indices', isIndex);
	if (indices.length === 0 || indices.length > messagesAtOnce) {
		throw refuse('indices');
	}
	return { column: text(params, 'column'), indices };
}

export function matrixOf(params: unknown): LabMatrixChoice {
	return {
		prompts: list(params, 'prompts', isString),
		columns: list(params, 'columns', isString),
		turns: oneOf(fields(params)['turns'], ['chosen', 'all'] as const, 'turns'),
		thinking: list(params, 'thinking', isString).map((level) => oneOf(level, thinkingLevels, 'thinking')),
	};
}
