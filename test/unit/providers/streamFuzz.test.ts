import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModelPart } from '../../../src/providers/provider.ts';
import { SseParser, type SseEvent } from '../../../src/providers/sse.ts';
import { cutAtRandom, damagedBytes, fuzz } from '../../support/fuzz.ts';
import { hear, replay, type StreamApi } from '../../support/wire/replay.ts';
import { anthropicScript, chatScript, responsesScript } from '../../support/wire/scripts.ts';

const answer = {
	thinking: ['Let me ', 'see.'],
	text: ['One <think>', 'two</think> ', 'three 🔍'],
	toolCalls: [{ name: 'look', input: { query: 'é', limit: 5 } }],
	usage: { input: 3, output: 4, thinking: 1 },
};
const scripts = { anthropic: anthropicScript, chat: chatScript, responses: responsesScript };

/** What no server should send, in the places where one could. */
const oddValues = [null, -1, 0.5, 300, 'x', [], {}, [[]], true, '__proto__', { type: 'text' }];
const oddEvents = [
	'data: {"__proto__":{"type":"error"}}\n\n',
	'data: null\n\ndata: []\n\ndata: 7\n\n',
	'data: {"choices":[{"delta":null}]}\n\n',
	'data: {"choices":{"0":{"delta":{"content":["a",null,{"type":"text"}]}}}}\n\n',
	'event: error\ndata: {}\n\n',
	'data: {"type":"content_block_delta","index":-1,"delta":{"type":"text_delta","text":"t"}}\n\n',
	'data: {"type":"content_block_stop","index":9}\n\n',
	'data: {"type":"response.output_item.done","output_index":-2,"item":{"type":"function_call"}}\n\n',
	'data: {"type":"response.completed"}\n\n',
	'data: [DONE]\n\n',
	'\ufeff',
	'\r\n',
];

/** The events of an honest answer, some of them with a value replaced, repeated, left out or out of order. */
function dishonest(api: StreamApi): fc.Arbitrary<Uint8Array> {
	const honest = scripts[api](answer) as string[];
	const changed = fc
		.tuple(fc.constantFrom(...honest), fc.nat(), fc.constantFrom(...oddValues))
		.map(([event, place, value]) => {
			const values = [...event.matchAll(/:("[^"]*"|-?[\d.]+|null|true|false|\{\}|\[\])/g)];
			const found = values[place % Math.max(values.length, 1)];
			return found === undefined
				? event
				: `${event.slice(0, found.index)}:${JSON.stringify(value)}${event.slice(found.index + found[0].length)}`;
		});
	const events = fc
		.array(fc.oneof(fc.constantFrom(...honest), changed, fc.constantFrom(...oddEvents)), { maxLength: 12 })
		.map((pieces) => new Uint8Array(Buffer.from(pieces.join(''))));
	const mostlyHonest = fc.tuple(fc.nat(), fc.constantFrom(...oddEvents), changed).map(([place, odd, event]) => {
		const pieces = [...honest];
		pieces.splice(place % pieces.length, 1, odd, event);
		return new Uint8Array(Buffer.from(pieces.join('')));
	});
	return fc.oneof(damagedBytes([...honest, ...oddEvents]), events, mostlyHonest);
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** Parts of which exactly the last is `done`, and nothing that JSON cannot carry. */
function checkParts(parts: readonly ModelPart[]): void {
	assert.deepEqual(
		parts.flatMap(({ type }, index) => (type === 'done' ? [index] : [])),
		[parts.length - 1],
		'exactly one done, at the end',
	);
	const error = parts.findIndex(({ type }) => type === 'error');
	assert.ok(error === -1 || error === parts.length - 2, 'an error stands before done');
	const done = parts.at(-1);
	assert.equal(error !== -1, done?.type === 'done' && done.stopReason === 'error', 'an error ends with error');
	assert.deepEqual(JSON.parse(JSON.stringify(parts)), parts);
}

describe('Any bytes', () => {
	const parse = (chunks: readonly Uint8Array[]): SseEvent[] => {
		const parser = new SseParser();
		return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
	};

	fuzz(
		'are events or none to the parser of event streams, the same wherever they are cut [fault 11]',
		fc.property(
			damagedBytes(['data: a\n', 'event: e\n', ':\n', '\n', '\r', 'data', ': 1', '\ufeff']),
			cuts,
			(bytes, places) => {
				assert.deepEqual(parse(cutAtRandom(bytes, places)), parse([bytes]));
			},
		),
	);

	for (const api of ['anthropic', 'responses', 'chat'] as const) {
		fuzz(
			`${api}: are parts and exactly one end, the same wherever they are cut [fault 11]`,
			fc.asyncProperty(dishonest(api), cuts, async (bytes, places) => {
				const deps = { maxRetries: 0 };
				const whole = await replay(api, [bytes], {}, deps);
				checkParts(whole);
				const again = await replay(api, cutAtRandom(bytes, places), {}, deps);
				checkParts(again);
				assert.deepEqual(hear(again), hear(whole));
			}),
		);
	}
});
