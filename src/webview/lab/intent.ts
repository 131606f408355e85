import { readCompareShow, usualCompareShow, type CompareShow } from '../shared/compareShow.ts';
import type { KeptIntent } from '../shared/page.ts';

export interface Intent extends KeptIntent {
	fixtureId: string;
	view: 'conversations' | 'matrix';
	/** The conversation whose regenerations are compared; null for all conversations. */
	comparing: string | null;
	compare: CompareShow;
	/** Texts typed that the host may not have yet: prompt fields and follow-ups, by key. */
	typed: Record<string, string>;
	/** The regeneration shown, by conversation; absent for the newest. */
	shown: Record<string, string>;
	/** Blocks opened or closed by hand, by turn. */
	open: Record<string, Record<number, boolean>>;
	/** Prompt fields, assembled prompts and matrix cells that are unfolded. */
	unfolded: string[];
	/** Distance from the top by conversation; absent where the end is followed. */
	scroll: Record<string, number>;
	/** The first message on the page, by conversation, absent for a window around the chosen turn; or item, by section. */
	first: Record<string, number>;
	/** Errors of answers that were hidden, by `take/step`. */
	hiddenErrors: string[];
	restoredSeen: boolean;
}

/** Entries remembered of each kind. */
const remembered = 300;

/** A long base prompt is what most people come to change; an empty one is folded away. */
export function newIntent(fixtureId: string, baseSystemPrompt = ''): Intent {
	return {
		fixtureId,
		at: 0,
		view: 'conversations',
		comparing: null,
		compare: usualCompareShow,
		typed: {},
		shown: {},
		open: {},
		unfolded: baseSystemPrompt === '' ? [] : ['base'],
		scroll: {},
		first: {},
		hiddenErrors: [],
		restoredSeen: false,
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isFlags = (value: unknown): value is Record<number, boolean> =>
	isRecord(value) && Object.values(value).every((flag) => typeof flag === 'boolean');

function recordOf<T>(value: unknown, accept: (value: unknown) => value is T): Record<string, T> {
	const entries = isRecord(value) ? Object.entries(value) : [];
	return Object.fromEntries(entries.filter((entry): entry is [string, T] => accept(entry[1])).slice(-remembered));
}

function strings(value: unknown): string[] {
	return Array.isArray(value) ? value.filter(isString).slice(-remembered) : [];
}

/** Takes from a kept state what still fits; a state of another fixture is not looked at. */
export function readIntent(state: unknown, fixtureId: string): Intent | undefined {
	if (!isRecord(state) || state['fixtureId'] !== fixtureId) {
		return undefined;
	}
	const { comparing } = state;
	return {
		fixtureId,
		at: isNumber(state['at']) ? state['at'] : 0,
		view: state['view'] === 'matrix' ? 'matrix' : 'conversations',
		comparing: isString(comparing) ? comparing : null,
		compare: readCompareShow(state['compare']),
		typed: recordOf(state['typed'], isString),
		shown: recordOf(state['shown'], isString),
		open: recordOf(state['open'], isFlags),
		unfolded: strings(state['unfolded']),
		scroll: recordOf(state['scroll'], isNumber),
		first: recordOf(state['first'], Number.isInteger as (value: unknown) => value is number),
		hiddenErrors: strings(state['hiddenErrors']),
		restoredSeen: state['restoredSeen'] === true,
	};
}
