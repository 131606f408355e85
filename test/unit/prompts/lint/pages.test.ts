import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fencedBlocks } from '../../../../src/common/fencedBlocks.ts';
import { lintRules } from '../../../../src/prompts/lint/rules.ts';
import { findingsOf } from '../../../support/lintCase.ts';

const pages = join(import.meta.dirname, '../../../../media/lint');

/** Makes an example as long as a prompt, without a word that a rule looks for. */
const rest = `

The shop sells bicycles, and repairs those that it sold. A repair needs an appointment. Late fees apply after a week.
Spare wheels are kept in the cellar, and the owner knows where. Helmets are lent for free. In winter the shop is closed
on Mondays, and nobody picks up the phone.`;

const models: Record<string, string> = {
	'claude-forceful-wording': 'anthropic/claude-opus-4-5',
	'openai-step-by-step': 'openai/gpt-5',
	'gemini-mixed-structure': 'google/gemini-3-pro',
};

/** Pages whose examples only describe a prompt, or cannot hold what the rule finds. */
const described = ['too-long', 'secret', 'invisible-character', 'unused-variable', 'undeclared-variable'];

describe('the examples on the pages of lint rules', () => {
	for (const { id } of lintRules.filter((rule) => !described.includes(rule.id))) {
		it(`${id}: the first has the problem, the second has not`, () => {
			const [bad, good] = fencedBlocks(readFileSync(join(pages, `${id}.md`), 'utf8'));
			assert.ok(bad && good);
			const tail = id === 'too-short' ? '' : rest;
			const options = { model: models[id] };
			assert.ok(findingsOf(id, bad.content + tail, options).length > 0, bad.content);
			assert.deepEqual(findingsOf(id, good.content + tail, options), [], good.content);
		});
	}
});
