import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { chunked, hear, replay, type StreamApi } from '../../support/wire/replay.ts';

/** Recorded bodies of real providers with expectations that were computed without any SDK; not part of the project. */
const folder = join(
	resolve(import.meta.dirname, '../../..', process.env['SHARED_DATA'] ?? '../shared'),
	'data/streams',
);

interface Expected {
	text_concat: string;
	thinking_concat: string;
	tool_calls: { id: string; name: string; arguments: unknown }[];
	stop_reason: string | null;
	usage: Record<string, unknown> | null;
	has_error: boolean;
	complete: boolean;
	refusal_concat?: string;
	redacted_thinking_blocks?: string[];
	thinking_blocks?: { signature_sha256: string | null }[];
	encrypted_reasoning_items?: number;
}

const stops: Record<string, string> = {
	end_turn: 'stop',
	stop_sequence: 'stop',
	stop: 'stop',
	completed: 'stop',
	max_tokens: 'length',
	length: 'length',
	tool_use: 'tools',
	tool_calls: 'tools',
	pause_turn: 'tools',
	refusal: 'refusal',
};

function expectedUsage(api: StreamApi, usage: Record<string, unknown> | null): Record<string, number> | undefined {
	if (usage === null) {
		return undefined;
	}
	const number = (path: string) => {
		const value = path
			.split('.')
			.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], usage);
		return typeof value === 'number' ? value : undefined;
	};
	const pairs =
		api === 'anthropic'
			? {
					inputTokens:
						number('input_tokens')! +
						(number('cache_creation_input_tokens') ?? 0) +
						(number('cache_read_input_tokens') ?? 0),
					outputTokens: number('output_tokens'),
					thinkingTokens: number('output_tokens_details.thinking_tokens'),
					cachedInputTokens: number('cache_read_input_tokens'),
					cacheWriteTokens: number('cache_creation_input_tokens'),
				}
			: {
					inputTokens: number('input_tokens') ?? number('prompt_tokens'),
					outputTokens: number('output_tokens') ?? number('completion_tokens'),
					thinkingTokens:
						number('output_tokens_details.reasoning_tokens') ??
						number('completion_tokens_details.reasoning_tokens'),
					cachedInputTokens:
						number('input_tokens_details.cached_tokens') ?? number('prompt_tokens_details.cached_tokens'),
				};
	return Object.fromEntries(Object.entries(pairs).filter((pair): pair is [string, number] => pair[1] !== undefined));
}

/** A seeded generator, so that a failure repeats. */
function randomCuts(length: number, count: number): number[] {
	let state = length;
	return Array.from({ length: count }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state % length;
	});
}

describe('Recorded streams of real providers', function () {
	this.timeout(30_000);
	const files = existsSync(folder) ? globSync(join(folder, '*.sse')).sort() : [];

	before(function () {
		if (files.length === 0) {
			this.skip();
		}
	});

	it('are all there', () => {
		assert.equal(files.length, 46);
	});

	for (const file of files) {
		const name = basename(file, '.sse');
		const api = name.slice(0, name.indexOf('-')) as StreamApi;

		it(`${name}: text, thinking, tools, stop, usage and error as recorded, however it is cut`, async () => {
			const bytes = readFileSync(file);
			const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;
			const whole = hear(await replay(api, [bytes]));

			// A text block of white space only is not shown: it precedes the thinking of one recording.
			const text = expected.text_concat + (expected.refusal_concat ?? '');
			// What one recording says is commentary, which is apart from the answer.
			const commentary = name === 'responses-phase' ? text : '';
			const answer = name === 'anthropic-adaptive-opus46' ? text.trimStart() : text;
			assert.equal(whole.text, commentary === '' ? answer : '');
			assert.equal(whole.thinking, expected.thinking_concat + commentary);
			assert.deepEqual(
				whole.toolCalls,
				expected.tool_calls.map((call) => ({ id: call.id, name: call.name, input: call.arguments })),
			);
			if (expected.complete && !expected.has_error) {
				const stop = expected.tool_calls.length > 0 ? 'tools' : stops[expected.stop_reason ?? ''];
				assert.equal(whole.stopReason, stop);
				assert.equal(whole.error, undefined);
				// Priced where the model that answered, other than the one that is asked here, has a price.
				const { costUsd: _costUsd, ...usage } = whole.usage ?? {};
				assert.deepEqual(whole.usage && usage, expectedUsage(api, expected.usage));
			} else {
				assert.equal(whole.stopReason, 'error');
				assert.ok(whole.error);
			}
			assert.equal(
				whole.native.filter((block) => (block as { type?: string }).type === 'redacted_thinking').length,
				expected.redacted_thinking_blocks?.length ?? 0,
			);

			const cuts: (number | number[])[] = [randomCuts(bytes.length, 40), randomCuts(bytes.length + 1, 400)];
			if (bytes.length < 40_000) {
				cuts.push(1);
			}
			for (const cut of cuts) {
				assert.deepEqual(hear(await replay(api, chunked(bytes, cut))), whole);
			}
		});
	}
});
