import * as l10n from '@vscode/l10n';
import { cutText } from '../common/cutText.ts';
import { AppError, throwIfAborted } from '../common/errors.ts';
import { fitsPartly } from '../common/fitsPartly.ts';
import type { Tool, ToolDefinition, ToolOutput } from '../common/tools.ts';
import type { PromptTool } from './promptMetadata.ts';
import { renderTemplate } from './variables/renderTemplate.ts';

/** A tool whose results are written in advance. */
export interface MockTool extends ToolDefinition {
	/** The result of a call that matches none of `results`; may hold `{{args.name}}`. */
	result?: MockResult;
	/** The first one that matches answers. */
	results: (MockResult & { when: Record<string, unknown> })[];
}

export interface MockResult {
	content: string;
	isError: boolean;
	delayMs: number;
}

/** A result as people write it: `result` may be any JSON, `delay` is in seconds. */
export interface WrittenResult {
	result?: unknown;
	isError?: boolean;
	delay?: number;
}

/** Most characters of a line for people. */
const summaryLength = 80;

/** Tools that a model can call. */
export function mockTools(mocks: readonly MockTool[]): Tool[] {
	return mocks.map((mock) => ({
		name: mock.name,
		description: mock.description,
		inputSchema: mock.inputSchema,
		run: (input, signal) => runMock(mock, input, signal),
	}));
}

/** A result that is ready to be rendered. */
export function mockResult({ result, isError = false, delay = 0 }: WrittenResult): MockResult {
	return {
		content: typeof result === 'string' ? result : JSON.stringify(result ?? null),
		isError,
		delayMs: Math.round(delay * 1000),
	};
}

/** A tool of an agent with the results that its declaration holds, in the form of suite files; what cannot be read is left out. */
export function mockOf({ name, description, inputSchema, ...rest }: PromptTool): MockTool {
	const own = writtenResult(rest);
	const results = Array.isArray(rest['results']) ? (rest['results'] as unknown[]) : [];
	return {
		name,
		description,
		// Some APIs refuse a schema that does not say so itself.
		inputSchema: { type: 'object', ...inputSchema },
		...(own && { result: mockResult(own) }),
		results: results.flatMap((entry) => {
			const written = writtenResult(entry);
			return written && isRecord(entry) && isRecord(entry['when'])
				? [{ when: entry['when'], ...mockResult(written) }]
				: [];
		}),
	};
}

function writtenResult(entry: unknown): WrittenResult | undefined {
	if (!isRecord(entry) || entry['result'] === undefined) {
		return undefined;
	}
	const { result, isError, delay } = entry;
	return {
		result,
		...(typeof isError === 'boolean' && { isError }),
		...(typeof delay === 'number' && delay > 0 && { delay }),
	};
}

async function runMock(mock: MockTool, input: unknown, signal: AbortSignal): Promise<ToolOutput> {
	throwIfAborted(signal);
	const found = mock.results.find(({ when }) => fitsPartly(input, when, isSame)) ?? mock.result;
	if (!found) {
		return failure(`No result is written for this call of "${mock.name}".`, l10n.t('No result fits this call'));
	}
	if (found.delayMs > 0) {
		await wait(found.delayMs, signal);
	}
	const rendered = renderTemplate(found.content, { args: input });
	if ('problems' in rendered) {
		const reason = rendered.problems[0]?.message ?? '';
		return failure(
			`The result of "${mock.name}" cannot be rendered: ${reason}.`,
			l10n.t('The result cannot be rendered: {0}', reason),
		);
	}
	const { text } = rendered;
	const summary = text.length > summaryLength ? `${cutText(text, summaryLength - 1)}…` : text;
	return { content: text, summary, ...(found.isError && { isError: true }) };
}

function failure(content: string, summary: string): ToolOutput {
	return { content, summary, isError: true };
}

/** A number and its text are the same here, since models write both for an id. */
function isSame(value: unknown, expected: unknown): boolean {
	const areLoose = [value, expected].every((one) => typeof one === 'number' || typeof one === 'string');
	return value === expected || (areLoose && String(value) === String(expected));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Rejects with `cancelled` as soon as the signal is aborted. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			if (signal.aborted) {
				reject(new AppError('cancelled', 'Cancelled'));
			} else {
				resolve();
			}
		};
		const timer = setTimeout(end, milliseconds);
		signal.addEventListener('abort', end);
	});
}
