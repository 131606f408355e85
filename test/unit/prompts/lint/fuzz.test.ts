import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lintPrompt } from '../../../../src/prompts/lint/lintPrompt.ts';
import { LintedPrompt } from '../../../../src/prompts/lint/lintedPrompt.ts';
import { lintRules } from '../../../../src/prompts/lint/rules.ts';
import { fuzz } from '../../../support/fuzz.ts';
import { lintPieces } from '../../../support/lintPieces.ts';
import { processorTime } from '../../../support/processorTime.ts';

const size = 200_000;
/** Milliseconds for one rule on one text: ten times what the slowest takes, and far below what a square would take. */
const longest = 400;
const models = ['anthropic/claude-opus-4-5', 'openai/gpt-5', 'google/gemini-3-pro'];

const alone = lintPieces.map((piece) => ({ start: '', piece }));
const inExample = lintPieces.map((piece) => ({ start: '```json\n{"a": ', piece }));

describe('lint rules on hostile texts', () => {
	for (const rule of lintRules) {
		it(`${rule.id} takes linear time [attack 10]`, function () {
			this.timeout(60_000);
			// What an example in JSON may hold is read by a reader of its own.
			const pieces = rule.id === 'invalid-example' ? [...alone, ...inExample] : alone;
			for (const { start, piece } of pieces) {
				const text = (start + piece.repeat(Math.ceil(size / piece.length))).slice(0, size);
				const time = processorTime();
				let hits = 0;
				for (const hit of rule.check(new LintedPrompt(text), {
					kind: 'research',
					tools: [],
					model: models[0]!,
				})) {
					assert.ok(hit.start <= hit.end && hit.end <= size, piece);
					if (++hits === 100) {
						break;
					}
				}
				assert.ok(time() < longest, `${JSON.stringify(piece)}: ${time()} ms`);
			}
		});
	}

	fuzz(
		'find places inside of the text, in order, with fixes that can be applied',
		fc.property(
			fc.array(fc.constantFrom(...lintPieces, '\r\n', 'word'), { maxLength: 40 }),
			fc.nat(2),
			(parts, model) => {
				const text = parts.join('');
				let last = 0;
				for (const { start, end, fix } of lintPrompt(text, { model: models[model] })) {
					assert.ok(last <= start && start <= end && end <= text.length);
					last = start;
					let edited = 0;
					for (const edit of fix?.edits ?? []) {
						assert.ok(edited <= edit.start && edit.start <= edit.end && edit.end <= text.length);
						edited = edit.end;
					}
				}
			},
		),
	);
});
