import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holds } from '../../support/fuzz.ts';
import { chunked, hear, replay, type StreamApi } from '../../support/wire/replay.ts';
import { anthropicScript, chatScript, responsesScript } from '../../support/wire/scripts.ts';

const scripts = { anthropic: anthropicScript, chat: chatScript, responses: responsesScript };
const apis = Object.keys(scripts) as StreamApi[];

/** Any text, NUL and astral characters included. A letter first: white space alone, and tags, are other tests' matter. */
const texts = fc
	.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 5 })
	.map(([first = '', ...rest]) => [`T${first}`, ...rest]);

const answers = fc.record({
	thinking: fc.option(texts, { nil: undefined }),
	text: fc.option(texts, { nil: undefined }),
	toolCalls: fc.array(
		fc.record({ input: fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }) }),
		{ maxLength: 3 },
	),
	usage: fc.record({ input: fc.nat(100_000), output: fc.nat(100_000), thinking: fc.nat(100_000) }),
});

const framings = fc.record({
	lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
	mark: fc.constantFrom('', '\ufeff'),
	/** Lines of no meaning before an event. */
	noise: fc.array(fc.constantFrom('', ': comment\n', ':\n', 'id: 1\n', 'retry: 5\n', 'unknown: x\n', '\n'), {
		minLength: 1,
		maxLength: 5,
	}),
	space: fc.constantFrom('', ' '),
	cuts: fc.array(fc.nat(), { maxLength: 40 }),
});

type Framing = typeof framings extends fc.Arbitrary<infer T> ? T : never;

function framed(pieces: string[], { lineEnd, mark, noise, space }: Framing): Buffer {
	const events = pieces.map(
		(piece, index) => noise[index % noise.length]! + piece.replace(/^(data|event): /gm, `$1:${space}`),
	);
	return Buffer.from(mark + events.join('').replaceAll('\n', lineEnd));
}

describe('Any answer, in any legal framing and chunking', function () {
	this.timeout(60_000);

	for (const api of apis) {
		it(`${api}: is heard as it was said, and kept the same for the next turn [fault 11]`, async () => {
			await holds(
				fc.asyncProperty(answers, framings, async ({ thinking, text, toolCalls, usage }, framing) => {
					const calls = toolCalls.map(({ input }, index) => ({
						id: `c${index}`,
						name: `tool_${index}`,
						input,
					}));
					const said = {
						...(thinking === undefined ? {} : { thinking }),
						...(text === undefined ? {} : { text }),
						toolCalls: calls,
						usage,
					};
					const pieces = scripts[api](said) as string[];
					const whole = hear(await replay(api, [Buffer.from(pieces.join(''))]));
					assert.equal(whole.thinking, (thinking ?? []).join(''));
					assert.equal(whole.text, (text ?? []).join(''));
					// A call is compared as JSON: what JSON cannot say, -0 for example, no wire carries.
					assert.equal(JSON.stringify(whole.toolCalls), JSON.stringify(calls));
					assert.equal(whole.stopReason, calls.length > 0 ? 'tools' : 'stop');
					assert.deepEqual(
						[whole.usage?.['inputTokens'], whole.usage?.['outputTokens'], whole.usage?.['thinkingTokens']],
						[usage.input, usage.output, usage.thinking],
					);
					const bytes = framed(pieces, framing);
					const cuts = framing.cuts.map((cut) => cut % (bytes.length + 1));
					const again = hear(await replay(api, chunked(bytes, cuts)));
					assert.equal(JSON.stringify(again), JSON.stringify(whole));
				}),
				{ numRuns: 100 },
			);
		});
	}
});
