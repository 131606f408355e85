import assert from 'node:assert/strict';
import type { ReportFormat } from '../../../../src/common/suiteModel.ts';
import { BlindSession } from '../../../../src/suites/blind/blindSession.ts';
import { exportRun } from '../../../../src/suites/export/exportRun.ts';
import { readRunDocument } from '../../../../src/suites/export/readRunDocument.ts';
import type { ReportedRun } from '../../../../src/suites/export/reportedRun.ts';
import { runSuite } from '../../../../src/suites/runSuite.ts';
import { AnsweringModels } from '../../../support/suites/answeringModels.ts';
import { joined } from '../../../support/suites/joined.ts';
import { opened, runDocumentOf } from '../../../support/suites/runDocumentOf.ts';
import { outcomeOf, suiteContext, suiteUri } from '../../../support/suites/suiteContext.ts';

const context = suiteContext(new AnsweringModels(() => assert.fail('A model was asked')));

/** A run of recorded answers to 20 cases; of each variant the first so many are right. */
async function recorded(right: Record<string, number>) {
	const labels = Object.entries(right);
	const text = JSON.stringify({
		defaults: { assert: [{ type: 'equals', value: 'yes' }] },
		cases: Array.from({ length: 20 }, (_, index) => ({
			name: `case ${index}`,
			query: `Question ${index}`,
			outputs: Object.fromEntries(labels.map(([label, count]) => [label, index < count ? 'yes' : 'no'])),
		})),
	});
	const source = { uri: suiteUri, name: 'Yes', text, format: 'json' as const };
	return (await outcomeOf(runSuite(context, source))).run;
}

async function reportOf(right: Record<string, number>): Promise<ReportedRun> {
	const { runId } = await recorded(right);
	return readRunDocument(opened(await runDocumentOf(context, runId)));
}

const textOf = (run: ReportedRun, format: ReportFormat) => joined(exportRun(run, format));

/** Each pass rate with its interval and count, and the comparison with its one sentence. */
const sentence = 'B is better: +55.0 points (26.0 to 76.2), 11 cases only B, 0 only A';

describe('exported reports of several variants', () => {
	it('say first which is better, in Markdown and HTML, with the rates behind it', async () => {
		const report = await reportOf({ old: 8, new: 19 });
		const markdown = await textOf(report, 'md');
		assert.ok(markdown.startsWith(`# Yes\n\n**${sentence}**\n\nA: old, 8 of 20, 22 to 61 % · B: new`), markdown);
		const html = await textOf(report, 'html');
		assert.match(html, /<h1>Yes<\/h1>\n<p class="verdict better">B is better: \+55\.0 points/);
		assert.match(html, /A: old, 8 of 20, 22 to 61 % · B: new, 19 of 20, 76 to 99 % · p = 0\.00\d+/);
		assert.ok(html.includes(sentence), html.slice(0, 3000));
	});

	it('say it to programs too, in the properties of JUnit XML; JSON has the rates', async () => {
		const report = await reportOf({ old: 8, new: 19 });
		const xml = await textOf(report, 'junit');
		assert.ok(
			xml.includes(`<property name="comparison.new" value="old (A), new (B): ${sentence}"/>`),
			xml.slice(0, 999),
		);
		assert.ok(xml.includes('<property name="variant.old" value="recorded, 8 of 20, 22 to 61 %"/>'));
		const { run } = JSON.parse(await textOf(report, 'json')) as { run: ReportedRun['run'] };
		assert.deepEqual(
			run.variants.map(({ of, passed, interval }) => [passed, of, interval?.length]),
			[
				[8, 20, 2],
				[19, 20, 2],
			],
		);
	});

	it('adjust several comparisons for their number, and name the variants', async () => {
		const markdown = await textOf(await reportOf({ old: 8, new: 19, third: 9 }), 'md');
		assert.match(markdown, /B is better: .*\n\nA: old, .* B: new, .*Adjusted for 2 comparisons\./);
		assert.match(markdown, /Not told apart: .*\n\nA: old, .* B: third, /);
	});

	it('say nothing of a comparison if there is one variant', async () => {
		const report = await reportOf({ only: 8 });
		for (const format of ['md', 'html', 'junit'] as const) {
			assert.doesNotMatch(await textOf(report, format), /is better|is worse|told apart|comparison\./);
		}
	});

	it('say what blind ratings have come to', async () => {
		const { runId } = await recorded({ old: 8, new: 19 });
		const session = await BlindSession.open(context, { runId, variant: 'old' }, { runId, variant: 'new' });
		const { pair } = await session.view();
		await session.rate(pair?.key ?? '', 'left');
		await session.dispose();
		const markdown = await textOf(await readRunDocument(opened(await runDocumentOf(context, runId))), 'md');
		assert.match(markdown, /Blind ratings do not tell A and B apart: /);
	});
});
