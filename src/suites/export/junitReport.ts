import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import type { StoredTrial } from '../../common/suiteModel.ts';
import { visibleText } from '../../common/visibleText.ts';
import { variantCounts } from '../../statistics/runCounts.ts';
import type { Comparisons } from '../compare/compareRuns.ts';
import { ownComparisons } from './ownComparisons.ts';
import { reasonsOf } from './reasons.ts';
import type { ReportedRun, RunReport } from './reportedRun.ts';

/** Characters of an answer that did not pass. */
const maxOutput = 10_000;
const maxMessage = 1_000;

/**
 * The run as JUnit XML, as Jenkins' schema (junit-10.xsd of its xUnit plugin) describes it and GitLab and others read it:
 * one test suite, in which each trial is a test case of its variant's class.
 */
export async function* junitReport(report: ReportedRun): AsyncGenerator<string> {
	const { run, trials } = report;
	const sum = (field: 'passed' | 'failed' | 'errors') => run.variants.reduce((total, one) => total + one[field], 0);
	const [failed, errors] = [sum('failed'), sum('errors')];
	const counts = { tests: sum('passed') + failed + errors, failures: failed, errors };
	const time = run.endedAt === null ? 0 : Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt));
	const named = { name: run.suiteName, ...counts, time: seconds(time) };
	yield '<?xml version="1.0" encoding="UTF-8"?>\n';
	yield `<testsuites${attributes(named)}>\n<testsuite${attributes({ ...named, timestamp: run.startedAt.slice(0, 19) })}>\n`;
	yield properties(run, await ownComparisons(report));
	for await (const trial of trials()) {
		yield testCase(run, trial);
	}
	yield '</testsuite>\n</testsuites>\n';
}

function properties(run: RunReport, { comparisons }: Comparisons): string {
	const rows: [string, string][] = [
		['run', run.runId],
		['suite.hash', run.suiteHash],
		['status', run.status],
		...run.variants.map((variant): [string, string] => [
			`variant.${variant.label}`,
			[variant.model ?? 'recorded', variantCounts(variant, String)].join(', '),
		]),
		...comparisons.map(({ a, b, sentence }): [string, string] => [
			`comparison.${b.label}`,
			l10n.t('{0} (A), {1} (B): {2}', a.label, b.label, sentence),
		]),
	];
	return `<properties>\n${rows.map(([name, value]) => `<property${attributes({ name, value })}/>`).join('\n')}\n</properties>\n`;
}

function testCase({ suiteName }: RunReport, trial: StoredTrial): string {
	const { case: one, variant, repeat, verdict, output, latencyMs } = trial;
	const start = `<testcase${attributes({
		classname: `${suiteName}.${variant}`,
		name: repeat === 1 ? one.name : `${one.name} #${repeat}`,
		time: seconds(latencyMs ?? 0),
	})}`;
	if (verdict === 'pass') {
		return `${start}/>\n`;
	}
	const reasons = reasonsOf(trial);
	const element = verdict === 'fail' ? 'failure' : 'error';
	const type = verdict === 'fail' ? 'assertion' : (trial.error?.code ?? 'grader');
	const message = cutText(reasons[0] ?? verdict, maxMessage);
	const outcome = `<${element}${attributes({ message, type })}>${escape(reasons.join('\n'))}</${element}>`;
	return `${start}>\n${outcome}\n<system-out>${escape(cutText(output, maxOutput))}</system-out>\n</testcase>\n`;
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Record<string, string | number>): string {
	return Object.entries(values)
		.map(([name, value]) => ` ${name}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
		.join('');
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\r': '&#13;',
	'\t': '&#9;',
};

/** Hidden and control characters by their names: XML 1.0 cannot contain most of them. */
function escape(text: string): string {
	return visibleText(text)
		.replace(/[\ufffe\uffff]/g, '\ufffd')
		.replace(/[&<>"\r\t]/g, (character) => entities[character] ?? character);
}
