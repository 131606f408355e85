import assert from 'node:assert/strict';
import { TaggedCopy } from '../../../src/providers/taggedCopy.ts';
import { processorTime } from '../../support/processorTime.ts';

function shown(pieces: readonly string[], reasoning: string): string {
	const copy = new TaggedCopy();
	return pieces.map((piece) => copy.push(piece, reasoning)).join('') + copy.end();
}

describe('reasoning sent in a field and in tags', () => {
	const table: [answer: string, expected: string][] = [
		['<think>\nHm, so.\n</think>\n\nYes.', 'Yes.'],
		[' <think>Hm, so.</think>Yes.', 'Yes.'],
		['<think>Hm,', '<think>Hm,'],
		['<think>Another thought</think>Yes.', '<think>Another thought</think>Yes.'],
		['<think>Hm</think>Yes.', '<think>Hm</think>Yes.'],
		['Yes. <think>Hm, so.</think>', 'Yes. <think>Hm, so.</think>'],
		['[THINK]Hm, so.[/THINK]Yes.', 'Yes.'],
		['<thinking>Hm, so.</think>Yes.', '<thinking>Hm, so.</think>Yes.'],
		['<thinker> is no tag', '<thinker> is no tag'],
		['', ''],
	];
	for (const [answer, expected] of table) {
		it(`${JSON.stringify(answer)} is shown as ${JSON.stringify(expected)}, however it is cut`, () => {
			for (let cut = 0; cut <= answer.length; cut++) {
				assert.equal(shown([answer.slice(0, cut), answer.slice(cut)], 'Hm, so.'), expected, `cut at ${cut}`);
			}
		});
	}

	it('is known although the field is still growing', () => {
		const copy = new TaggedCopy();
		const texts = [
			copy.push('<think>Hm', 'Hm'),
			copy.push(', so.', 'Hm, so.'),
			copy.push('</think>Yes.', 'Hm, so.'),
		];
		assert.deepEqual(texts, ['', '', 'Yes.']);
	});

	it('of a long one takes linear time, whichever comes first [attack 20]', () => {
		const pieces = Array.from({ length: 100_000 }, (_, index) => `${index % 10}word `);
		const used = processorTime();
		const after = new TaggedCopy();
		const whole = pieces.join('');
		const shownAfter = ['<think>', ...pieces, '</think>', 'Yes.'].map((piece) => after.push(piece, whole)).join('');
		assert.equal(shownAfter + after.end(), 'Yes.');
		const beside = new TaggedCopy();
		let reasoning = '';
		let shownBeside = beside.push('<think>', '');
		for (const piece of pieces) {
			reasoning += piece;
			shownBeside += beside.push(piece, reasoning);
		}
		shownBeside += beside.push('</think>Yes.', reasoning) + beside.end();
		assert.equal(shownBeside, 'Yes.');
		const took = used();
		assert.ok(took < 5000, `${took} ms`);
	});
});
