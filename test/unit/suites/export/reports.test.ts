import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ReportFormat, StoredTrial, SuiteRun } from '../../../../src/common/suiteModel.ts';
import { nodeFiles } from '../../../../src/disk/nodeFiles.ts';
import { exportRun } from '../../../../src/suites/export/exportRun.ts';
import type { ReportedRun } from '../../../../src/suites/export/reportedRun.ts';
import { readRunDocument } from '../../../../src/suites/export/readRunDocument.ts';
import { storedReport } from '../../../../src/suites/export/storedReport.ts';
import { openRunFiles } from '../../../../src/suites/runFiles.ts';
import { joined } from '../../../support/suites/joined.ts';
import { junitFaults } from '../../../support/suites/junitFaults.ts';
import { plannedRunFixture } from '../../../support/suites/plannedRunFixture.ts';
import { runFixture } from '../../../support/suites/runFixture.ts';
import { storedTrial } from '../../../support/suites/storedTrial.ts';

const { runId } = runFixture();
const hostile =
	'=HYPERLINK("http://evil")\r\n</system-out><script>alert(1)</script> ]]> & "q" \u0000\u202e`x` [y](z) | ﬁ 😀 \ud800';

describe('reports of a run', () => {
	let folder = '';
	beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'reports-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** Trial n is that of case n; the run is stored as a real one is. */
	async function stored(trials: StoredTrial[], changes: Partial<SuiteRun> = {}): Promise<ReportedRun> {
		const files = openRunFiles(folder, nodeFiles, { groupMs: 0 });
		const plan = plannedRunFixture(Math.max(1, ...trials.map((trial) => trial.case.index + 1)));
		const log = await files.create({ format: 1, runId, suite: 'file:///a', suiteText: 'cases: []', plan });
		await Promise.all(trials.map((trial) => log.append(trial)));
		await log.close();
		return storedReport(runFixture({ trials: trials.length, ...changes }), files);
	}

	const trialOf = (number: number, changes: Partial<StoredTrial> = {}): StoredTrial =>
		storedTrial(number, {
			trialId: `${runId}-${number}`,
			case: { name: `case ${number}`, hash: 'c'.repeat(64), index: number },
			variant: 'claude-sonnet',
			verdict: 'pass',
			score: 1,
			assertions: [{ type: 'contains', pass: true, score: 1, weight: 1, reason: 'contains "depot"' }],
			repeat: 1,
			requestHash: 'f'.repeat(64),
			...changes,
		});
	const text = async (run: ReportedRun, format: ReportFormat) => joined(exportRun(run, format));
	const failed = {
		verdict: 'fail' as const,
		score: 0,
		assertions: [{ type: 'contains', pass: false, score: 0, weight: 1, reason: 'contains no "depot"' }],
	};
	const wrong = { verdict: 'error', error: { code: 'network', message: hostile, retryable: true } } as const;

	it('count the trial that counts: one that was run again replaces its error, and the row may be older', async () => {
		const { run } = await stored([trialOf(0, wrong), trialOf(1), trialOf(2, failed), trialOf(0)], { done: 1 });
		const [variant] = run.variants;
		assert.deepEqual([variant?.passed, variant?.failed, variant?.errors, variant?.of], [2, 1, 0, 3]);
		assert.equal(run.done, 3);
		assert.equal(run.costUsd?.toFixed(4), '0.0030');
		assert.equal(variant?.unit, 'answer');
		// Wilson, 2 of 3.
		assert.deepEqual(
			variant?.interval?.map((share) => share.toFixed(4)),
			['0.2077', '0.9385'],
		);
	});

	it('take the case as the unit where cases are repeated, and give no rate to what is no model', async () => {
		const again = trialOf(2, { case: { name: 'case 0', hash: 'c'.repeat(64), index: 0 }, repeat: 2 });
		const repeated = await stored([trialOf(0, failed), trialOf(1), again]);
		assert.equal(repeated.run.variants[0]?.unit, 'case');
		// The first case counts half.
		assert.equal(repeated.run.variants[0]?.rate, 0.75);
		const guide = runFixture();
		const variants = guide.variants.map((variant) => ({ ...variant, isModel: false }));
		await rm(folder, { recursive: true });
		assert.equal((await stored([trialOf(0)], { variants })).run.variants[0]?.rate, null);
	});

	it('as JSON hold everything, and are read back to the same run', async () => {
		const trials = [trialOf(0), trialOf(1, { ...failed, output: hostile }), trialOf(2, wrong)];
		const written = await text(await stored(trials), 'json');
		const value = JSON.parse(written) as Record<string, unknown>;
		assert.deepEqual([value['format'], value['version']], ['prompt-workshop-run', 1]);
		for (const layout of [written, JSON.stringify(value), JSON.stringify(value, undefined, '\t'), `${written}\n`]) {
			const read = await readRunDocument(() => inBits(layout));
			const again: StoredTrial[] = [];
			for await (const trial of read.trials()) {
				again.push(trial);
			}
			assert.deepEqual(again, JSON.parse(JSON.stringify(trials)));
			assert.equal(await text(read, 'json'), written);
		}
	});

	for (const [name, damage, message] of [
		['that is cut off', (json: string) => json.slice(0, -4), /cut off/],
		['that is cut in a trial', (json: string) => json.slice(0, -400), /not valid JSON/],
		['that is none', () => '{"a":1}', /not the JSON report/],
		['that is no JSON', () => 'cases:', /not valid JSON/],
		['of a newer program', (json: string) => json.replace('"version":1', '"version":2'), /newer version/],
		[
			'with a wrong verdict',
			(json: string) => json.replace('"verdict":"pass"', '"verdict":"ok"'),
			/trials\[0\]\.verdict/,
		],
		[
			'with a foreign trial',
			(json: string) => json.replace(`"trialId":"${runId}-1"`, `"trialId":"${'a'.repeat(36)}-1"`),
			/trials\[1\]\.trialId/,
		],
		[
			'with a doubled trial',
			(json: string) => json.replace(`"trialId":"${runId}-1"`, `"trialId":"${runId}-0"`),
			/doubled/,
		],
		['with a wrong hash', (json: string) => json.replace('"suiteHash":"a', '"suiteHash":"x'), /run\.suiteHash/],
		[
			'of a variant that was not planned',
			(json: string) => json.replaceAll('"variant":"claude-sonnet"', '"variant":"b"'),
			/no such variant/,
		],
	] as const) {
		it(`as JSON ${name} are refused with the reason`, async () => {
			const json = await text(await stored([trialOf(0), trialOf(1)]), 'json');
			await assert.rejects(
				readRunDocument(() => inBits(damage(json))),
				(error: Error) => message.test(error.message),
			);
		});
	}

	it('as JUnit XML follow the schema of Jenkins, whatever the texts are', async () => {
		const run = await stored(
			[trialOf(0), trialOf(1, { ...failed, output: hostile, variant: 'claude-sonnet' }), trialOf(2, wrong)],
			{ suiteName: hostile },
		);
		const xml = await text(run, 'junit');
		assert.deepEqual(junitFaults(xml), []);
		assert.match(xml, /<testsuite name="=HYPERLINK[^>]* tests="3" failures="1" errors="1" time="60\.000"/);
		assert.match(xml, /<testcase classname="[^"]*\.claude-sonnet" name="case 0" time="1\.000"\/>/);
		assert.match(xml, /<failure message="contains: contains no &quot;depot&quot;" type="assertion">/);
		assert.match(xml, /<error message="[^"]*" type="network">/);
		assert.doesNotMatch(xml, /\0|<script/);
	});

	it('as CSV are read back cell by cell, and no cell is a formula', async () => {
		const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
		const trials = formulas.map((output, number) => trialOf(number, { ...failed, output }));
		const csv = await text(await stored(trials), 'csv');
		const rows = parse(csv, { columns: true }) as unknown as Record<string, string>[];
		assert.deepEqual(
			rows.map(({ output }) => output),
			formulas.map((output) => `'${output}`),
		);
		assert.deepEqual(
			rows.map(({ verdict }) => verdict),
			formulas.map(() => 'fail'),
		);
		assert.equal(rows[0]?.['latencyMs'], '1000');
		assert.equal(csv.split('\r\n').length > 6, true);
	});

	it('as HTML load nothing, run nothing and show hostile text as text', async () => {
		const run = await stored([
			trialOf(0),
			trialOf(1, { ...failed, output: hostile, query: hostile }),
			trialOf(2, wrong),
		]);
		const html = await text(run, 'html');
		assert.doesNotMatch(html, /<script|<img|<link|<iframe|javascript:| on\w+=|src=|href=|url\(|@import/i);
		assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
		assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
		assert.match(html, /&lt;U\+202E&gt;/);
		assert.match(html, /50 % \(9 to 91 %\)/);
		assert.match(html, /<details class="fail" open>/);
		assert.match(html, /color-scheme:light dark/);
	});

	it('as documents count reused answers apart', async () => {
		const run = await stored([trialOf(0), trialOf(1, { reused: true }), trialOf(2, wrong)]);
		assert.match(await text(run, 'md'), /\| Errors \| Reused \| .*\n.*\n.*\| 2 \| 0 \| 1 \| 1 \| /);
		assert.match(await text(run, 'html'), /<th scope="col">Reused<\/th>.*\n.*<td>1<\/td><td>1<\/td>/);
		assert.match(await text(run, 'junit'), /2 of 2, 34 to 100 %, 1 error, 1 of earlier runs"/);
		await rm(folder, { recursive: true });
		assert.doesNotMatch(await text(await stored([trialOf(0)]), 'md'), /Reused/);
	});

	it('as HTML put what did not pass into the order of the suite', async () => {
		const html = await text(await stored([trialOf(2, failed), trialOf(0, failed), trialOf(1)]), 'html');
		assert.ok(html.indexOf('case 0') < html.indexOf('case 2'));
		assert.ok(html.indexOf('case 2') < html.indexOf('<td>case 1</td>'));
	});
});

/** In pieces of every length, so that no boundary is a lucky one. */
async function* inBits(text: string): AsyncGenerator<string> {
	let length = 1;
	for (let at = 0; at < text.length; at += length, length = (length % 97) + 1) {
		yield text.slice(at, at + length);
	}
}
