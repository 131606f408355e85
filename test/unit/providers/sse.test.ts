import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SseParser, type SseEvent } from '../../../src/providers/sse.ts';
import { holds } from '../../support/fuzz.ts';
import { chunked } from '../../support/wire/replay.ts';

function parse(chunks: Iterable<Uint8Array>): SseEvent[] {
	const parser = new SseParser();
	const events: SseEvent[] = [];
	for (const chunk of chunks) {
		events.push(...parser.push(chunk));
	}
	return [...events, ...parser.end()];
}

const whole = (text: string) => parse([Buffer.from(text)]);

/** Text of an event's line: anything but line ends. NUL, astral characters and lone colons included. */
const lineText = fc
	.string({ unit: 'binary', maxLength: 30 })
	.map((text) => Buffer.from(text.replace(/[\r\n]/g, '')).toString());

/** One event as some server may write it, with what a parser must make of it. */
const framedEvent = fc.record({
	event: fc.option(
		lineText.filter((text) => text !== ''),
		{ nil: undefined },
	),
	data: fc.array(lineText, { minLength: 1, maxLength: 3 }),
	space: fc.constantFrom('', ' '),
	noise: fc.array(fc.constantFrom(': comment', ':', 'id: 1', 'retry: 5', 'unknown', 'unknown: x'), { maxLength: 2 }),
	blankLines: fc.integer({ min: 1, max: 3 }),
	lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
});

describe('SseParser', () => {
	it('gives the same events for every legal framing and chunking [fault 11]', () => {
		holds(
			fc.property(
				fc.array(framedEvent, { maxLength: 6 }),
				fc.boolean(),
				fc.array(fc.nat(), { maxLength: 30 }),
				(events, mark, cuts) => {
					let text = mark ? '\ufeff' : '';
					for (const { event, data, space, noise, blankLines, lineEnd } of events) {
						// A value that begins with a space needs the optional one before it, or it would be taken for it.
						const field = (name: string, value: string) =>
							`${name}:${value.startsWith(' ') ? ' ' : space}${value}${lineEnd}`;
						text += noise.map((line) => line + lineEnd).join('');
						text += event === undefined ? '' : field('event', event);
						text += data.map((line) => field('data', line)).join('') + lineEnd.repeat(blankLines);
					}
					const bytes = Buffer.from(text);
					const expected = events.map(({ event, data }) => ({ event, data: data.join('\n') }));
					assert.deepEqual(
						parse(
							chunked(
								bytes,
								cuts.map((cut) => cut % (bytes.length + 1)),
							),
						),
						expected,
					);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('does not depend on where any of the written streams is cut in two', () => {
		for (const file of globSync(join(import.meta.dirname, '../../../fixtures/streams/*.sse'))) {
			const bytes = readFileSync(file);
			const expected = parse([bytes]);
			for (let cut = 0; cut <= bytes.length; cut++) {
				assert.deepEqual(parse([bytes.subarray(0, cut), bytes.subarray(cut)]), expected, `${file} at ${cut}`);
			}
		}
	}).timeout(30_000);

	it('takes CR LF that is cut between its two bytes for one line end [fault 11]', () => {
		assert.deepEqual(
			parse([Buffer.from('data: a\r'), Buffer.from('\ndata: b\r'), Buffer.from('\n\r'), Buffer.from('\n')]),
			[{ event: undefined, data: 'a\nb' }],
		);
	});

	it('counts an event that the body does not close', () => {
		assert.deepEqual(whole('data: [DONE]'), [{ event: undefined, data: '[DONE]' }]);
		assert.deepEqual(whole('data: [DONE]\n'), [{ event: undefined, data: '[DONE]' }]);
	});

	it('ignores an event without data and a comment that looks like one', () => {
		assert.deepEqual(whole('event: ping\n\n: data: x\n\n'), []);
	});

	it('takes an error field for an error event', () => {
		assert.deepEqual(whole('error: {"a":1}\n\n'), [{ event: 'error', data: '{"a":1}' }]);
	});

	it('replaces bytes that are not UTF-8 and goes on', () => {
		const bytes = Buffer.concat([
			Buffer.from('data: a'),
			Buffer.from([0xff, 0xed, 0xa0, 0x80]),
			Buffer.from('b\n\n'),
		]);
		const [event] = parse(chunked(bytes, 1));
		assert.match(event?.data ?? '', /^a\ufffd+b$/);
	});

	it('reads a line of 1 MB byte by byte [fault 11]', () => {
		const bytes = Buffer.from(`data: ${'x'.repeat(1_000_000)}\n\n`);
		assert.equal(parse(chunked(bytes, 1))[0]?.data.length, 1_000_000);
	}).timeout(60_000);
});
