import * as l10n from '@vscode/l10n';
import type { FixtureMessage } from '../common/api.ts';
import { cutText } from '../common/cutText.ts';
import { fitsPartly } from '../common/fitsPartly.ts';
import type { JsonSchema, Tool, ToolOutput } from '../common/tools.ts';
import { offeredName, recordedCalls, type RecordedCall } from '../runs/toolMessages.ts';

/** Most characters of a line for people. */
const summaryLength = 80;

/**
 * The tools that a recorded conversation called, answering as it recorded: a call with the recorded arguments gets the
 * recorded result, else one that has them and more. Several results of equal calls come in their order, and the last one
 * again. A call that was not recorded fails and says so. What was recorded is sent as it is, never as a template.
 *
 * For one run: the tools remember which results they have given.
 */
export function recordedTools(messages: readonly FixtureMessage[]): Tool[] {
	const byName = new Map<string, RecordedCall[]>();
	for (const call of recordedCalls(messages)) {
		const name = offeredName(call.name);
		byName.set(name, [...(byName.get(name) ?? []), call]);
	}
	return [...byName].map(([name, calls]) => ({
		name,
		description: 'A tool of the recorded conversation. It knows only the calls that were recorded.',
		inputSchema: schemaOf(calls.map(({ input }) => input)),
		run: recordedAnswers(name, calls),
	}));
}

function recordedAnswers(name: string, calls: readonly RecordedCall[]): Tool['run'] {
	const given = new Map<string, number>();
	return (input) => {
		const key = canonical(input);
		const exact = calls.filter((call) => canonical(call.input) === key);
		const partial = () => calls.filter((call) => isFilled(call.input) && fitsPartly(input, call.input)).slice(0, 1);
		const fitting = exact.length > 0 ? exact : partial();
		const turn = given.get(key) ?? 0;
		const found = fitting[Math.min(turn, fitting.length - 1)];
		given.set(key, turn + 1);
		if (!found) {
			return failure(
				`No call of "${name}" with these arguments was recorded, so there is no result for it.`,
				l10n.t('This call was not recorded'),
			);
		}
		const { result } = found;
		if (!result) {
			return failure(
				`This call of "${name}" was recorded without a result.`,
				l10n.t('No result of this call was recorded'),
			);
		}
		const { content, isError = false } = result;
		const summary = content.length > summaryLength ? `${cutText(content, summaryLength - 1)}…` : content;
		return Promise.resolve({ content, summary, ...(isError && { isError }) });
	};
}

function failure(content: string, summary: string): Promise<ToolOutput> {
	return Promise.resolve({ content, summary, isError: true });
}

/** Arguments without any would fit every call. */
function isFilled(input: unknown): boolean {
	return typeof input === 'object' && input !== null && Object.keys(input).length > 0;
}

/** What the recorded arguments have in common: a type for each, and those that every call has as required. */
function schemaOf(inputs: readonly unknown[]): JsonSchema {
	const objects = inputs.filter(
		(input): input is Record<string, unknown> =>
			typeof input === 'object' && input !== null && !Array.isArray(input),
	);
	const names = [...new Set(objects.flatMap((input) => Object.keys(input)))];
	const properties = names.map((name) => {
		const types = [
			...new Set(objects.filter((input) => Object.hasOwn(input, name)).map((one) => typeOf(one[name]))),
		];
		return [name, types.length === 1 ? { type: types[0] } : { type: types }] as const;
	});
	const required = names.filter((name) => objects.length > 0 && objects.every((one) => Object.hasOwn(one, name)));
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		...(required.length > 0 && { required }),
	};
}

/** A type of JSON Schema. */
function typeOf(value: unknown): string {
	if (value === null) {
		return 'null';
	}
	return Array.isArray(value) ? 'array' : typeof value;
}

/** JSON with sorted keys, so that equal arguments have equal texts. */
function canonical(value: unknown): string {
	return JSON.stringify(value ?? {}, (_key, item: unknown) =>
		typeof item === 'object' && item !== null && !Array.isArray(item)
			? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
			: item,
	);
}
