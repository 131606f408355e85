import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldPart, foldParts } from '../../../src/common/foldParts.ts';
import { emptyTurn, streamedText, turnText, turnThinking } from '../../../src/common/turn.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { holds } from '../../support/fuzz.ts';

const parts: StreamPart[] = [
	{ type: 'thinking', id: 't', text: 'Let me ', at: 10 },
	{ type: 'thinking', id: 't', text: 'think', at: 20 },
	{ type: 'tool-call', id: 'c', name: 'search', input: { query: 'q' }, at: 40 },
	{ type: 'tool-result', id: 'c', name: 'search', summary: '2 articles', articleCount: 2, at: 70 },
	{ type: 'text', id: 'a', text: 'The ', at: 90 },
	{ type: 'text', id: 'a', text: 'answer', at: 95 },
	{ type: 'text', id: 'b', text: 'More', at: 99 },
	{ type: 'usage', inputTokens: 5 },
	{ type: 'usage', outputTokens: 7 },
	{ type: 'done', stopReason: 'stop' },
];

const anyPart: fc.Arbitrary<StreamPart> = fc.oneof(
	fc.record({ type: fc.constantFrom('thinking', 'text'), id: fc.constantFrom('1', '2'), text: fc.string() }),
	fc.record({
		type: fc.constant('reclassify' as const),
		id: fc.constantFrom('1', '2'),
		as: fc.constantFrom('thinking', 'text'),
	}),
	fc.record({
		type: fc.constant('tool-call' as const),
		id: fc.constantFrom('1', '2'),
		name: fc.string(),
		input: fc.json(),
	}),
	fc.record({
		type: fc.constant('tool-result' as const),
		id: fc.constantFrom('1', '2'),
		name: fc.string(),
		summary: fc.string(),
	}),
	fc.record({ type: fc.constant('usage' as const), outputTokens: fc.nat() }),
);

describe('foldParts', () => {
	it('makes blocks in the order of arrival, with thinking ended by what follows', () => {
		assert.deepEqual(foldParts(parts), {
			blocks: [
				{ type: 'thinking', id: 't', text: 'Let me think', startedAt: 10, endedAt: 40 },
				{
					type: 'tool',
					id: 'c',
					name: 'search',
					input: { query: 'q' },
					startedAt: 40,
					result: { summary: '2 articles', articleCount: 2, endedAt: 70 },
				},
				{ type: 'text', id: 'a', text: 'The answer', startedAt: 90 },
				{ type: 'text', id: 'b', text: 'More', startedAt: 99 },
			],
			usage: { inputTokens: 5, outputTokens: 7 },
			stopReason: 'stop',
		});
	});

	it('answers with texts separated by a blank line, without empty ones', () => {
		const turn = foldParts([...parts, { type: 'text', id: 'c', text: ' \n' }]);
		assert.equal(turnText(turn), 'The answer\n\nMore');
		assert.equal(turnThinking(turn), 'Let me think');
	});

	it('has the answer as it streamed, every text joined as it is', () => {
		const said = [...parts, { type: 'text' as const, id: 'c', text: ' \n' }];
		const streamed = said.map((part) => (part.type === 'text' ? part.text : '')).join('');
		assert.equal(streamedText(foldParts(said)), streamed);
	});

	it('names the model that answered last, where it is not the one that was asked', () => {
		assert.equal('answeredModel' in foldParts(parts), false);
		const fallbacks: StreamPart[] = [
			{ type: 'answered', model: 'a/second' },
			...parts,
			{ type: 'answered', model: 'a/third' },
		];
		assert.equal(foldParts(fallbacks).answeredModel, 'a/third');
	});

	it('moves a block from text to thinking and back, whole and in its place', () => {
		const said: StreamPart[] = [
			{ type: 'text', id: 'a', text: 'Let me ', at: 10 },
			{ type: 'text', id: 'a', text: 'think', at: 20 },
			{ type: 'reclassify', id: 'a', as: 'thinking', at: 30 },
			{ type: 'text', id: 'b', text: 'Yes.', at: 40 },
		];
		const turn = foldParts(said);
		assert.deepEqual(turn.blocks, [
			{ type: 'thinking', id: 'a', text: 'Let me think', startedAt: 10, endedAt: 30 },
			{ type: 'text', id: 'b', text: 'Yes.', startedAt: 40 },
		]);
		assert.deepEqual([turnText(turn), turnThinking(turn)], ['Yes.', 'Let me think']);
		assert.deepEqual(foldPart(turn, { type: 'reclassify', id: 'a', as: 'text', at: 50 }).blocks[0], {
			type: 'text',
			id: 'a',
			text: 'Let me think',
			startedAt: 10,
		});
		assert.equal(foldPart(turn, { type: 'reclassify', id: 'x', as: 'text' }), turn, 'no such block');
		assert.equal(foldPart(turn, { type: 'reclassify', id: 'b', as: 'text' }), turn, 'nothing to change');
	});

	it('keeps an error and its reason to end', () => {
		const turn = foldParts([
			{ type: 'text', id: 'a', text: 'Half' },
			{ type: 'error', code: 'network', message: 'gone', retryable: true },
			{ type: 'done', stopReason: 'error' },
		]);
		assert.deepEqual(turn.error, { code: 'network', message: 'gone', retryable: true });
		assert.equal(turn.stopReason, 'error');
		assert.equal(turnText(turn), 'Half');
	});

	it('gives a result to the newest call of its id and drops one without a call', () => {
		const turn = foldParts([
			{ type: 'tool-result', id: 'x', name: 'n', summary: 'lost' },
			{ type: 'tool-call', id: 'x', name: 'n', input: 1 },
			{ type: 'tool-call', id: 'x', name: 'n', input: 2 },
			{ type: 'tool-result', id: 'x', name: 'n', summary: 'found', isError: true },
		]);
		assert.deepEqual(
			turn.blocks.map((block) => (block.type === 'tool' ? [block.input, block.result?.summary] : [])),
			[
				[1, undefined],
				[2, 'found'],
			],
		);
	});

	it('never changes what it is given, and keeps untouched blocks', () => {
		holds(
			fc.property(fc.array(anyPart, { maxLength: 30 }), anyPart, (before, next) => {
				const turn = foldParts(before);
				const copy = structuredClone(turn);
				const after = foldPart(turn, next);
				assert.deepEqual(turn, copy);
				for (const block of turn.blocks.slice(0, -2)) {
					const grows = block.type === next.type && block.id === next.id;
					if (next.type !== 'tool-result' && next.type !== 'reclassify' && !grows) {
						assert.ok(after.blocks.includes(block));
					}
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('gives the same turn wherever a stream is cut in two', () => {
		holds(
			fc.property(fc.array(anyPart, { maxLength: 40 }), fc.nat(40), (all, at) => {
				const cut = Math.min(at, all.length);
				assert.deepEqual(foldParts(all.slice(cut), foldParts(all.slice(0, cut), emptyTurn)), foldParts(all));
			}),
			{ numRuns: 200 },
		);
	});

	it('is the same for a turn that was stored as JSON', () => {
		const half = foldParts(parts.slice(0, 5));
		const stored = JSON.parse(JSON.stringify(half)) as typeof half;
		assert.deepEqual(foldParts(parts.slice(5), stored), foldParts(parts));
	});
});
