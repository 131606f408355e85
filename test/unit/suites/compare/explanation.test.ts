import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { passRate } from '../../../../src/statistics/passRate.ts';
import { rateText } from '../../../../src/statistics/rateText.ts';
import { compareVariants } from '../../../../src/suites/compare/compareRuns.ts';
import { comparedRun, paired } from '../../../support/suites/comparedRun.ts';
import { projectRoot } from '../../../support/vscode/projectRoot.ts';

describe('the page that explains comparisons', () => {
	const page = readFileSync(join(projectRoot, 'media', 'docs', 'statistics.md'), 'utf8');

	it('shows what the product says', () => {
		for (const counts of [
			{ b: 31, c: 13, both: 206 },
			{ b: 20, c: 9, both: 212, neither: 9 },
		]) {
			const { sentence } = compareVariants(comparedRun(paired(counts)), 'A', 'B');
			assert.ok(page.includes(`> ${sentence}\n`), sentence);
		}
		const cases = Array.from({ length: 12 }, (_, index) => ({ passed: index < 10 ? 1 : 0, of: 1 }));
		const rate = rateText(passRate(cases));
		assert.ok(page.includes(`**${rate}**`), rate);
	});

	it('is linked from the README', () => {
		assert.match(readFileSync(join(projectRoot, 'README.md'), 'utf8'), /\(media\/docs\/statistics\.md\)/);
	});
});
