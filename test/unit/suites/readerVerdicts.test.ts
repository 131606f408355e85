import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/common/errors.ts';
import { readingDifferences } from '../../../src/formats/caseFiles/differences.ts';
import { readExpectedCell } from '../../../src/formats/caseFiles/expectedCell.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import { graders } from '../../../src/suites/graders/all.ts';
import type { KnownGrader } from '../../../src/suites/reading/fieldChecker.ts';
import { unsupportedTypes } from '../../../src/formats/caseFiles/promptfooTypes.ts';
import { readSuite } from '../../../src/suites/readSuite.ts';
import { renderCase } from '../../../src/suites/renderCase.ts';
import type { Assertion, SuiteCase } from '../../../src/suites/suite.ts';
import { graderContext } from '../../support/suites/gradeWith.ts';

/** A row of `fixtures/suites/reader-verdicts.jsonl`; its README describes the fields. */
interface Row {
	id: string;
	group: string;
	note?: string;
	expected?: string;
	parsed?: object;
	format?: string;
	text?: string;
	tests?: { description?: string; options?: object }[];
	throws?: string;
	results?: { pass: boolean; score: number; failure: string }[];
}

const file = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'suites', 'reader-verdicts.jsonl');
const rows = readFileSync(file, 'utf8')
	.trimEnd()
	.split('\n')
	.map((line) => JSON.parse(line) as Row);

/** Rows that differ, by the id of the reason. */
const listed: Record<string, readonly string[]> = {
	'unknown-field': ['tests-yaml-053'],
	'not-supported': ['csv-verdict-007'],
	'no-value': ['csv-verdict-013'],
	'no-figures': ['csv-verdict-020', 'csv-verdict-021'],
	'score-range': ['csv-verdict-025'],
	'no-cases': ['csv-file-083', 'csv-file-084', 'tests-json-011', 'tests-jsonl-010'],
	'no-list': ['tests-json-015'],
	'wrong-threshold': ['csv-file-023', 'csv-file-029', 'csv-file-030', 'csv-file-031', 'csv-file-034'],
	prefix: ['csv-file-036', 'csv-file-037'],
	'config-column': ['csv-file-054'],
	'config-metadata': ['csv-file-052', 'csv-file-055', 'csv-file-062'],
	'doubled-column': ['csv-file-065'],
	'unnamed-column': ['csv-file-085'],
	delimiter: ['csv-file-069'],
	'empty-lines': ['csv-file-073'],
	'byte-order-mark': ['tests-jsonl-008'],
	dates: ['tests-yaml-023', 'tests-yaml-024', 'tests-json-016'],
};
const differing = new Set(Object.values(listed).flat());

/** Types that only promptfoo has: any value is right. */
const others: KnownGrader[] = [...unsupportedTypes].map((type) => ({
	type,
	value: {},
	threshold: 'any',
	valueOptional: true,
}));
const allTypes = [...graders, ...others];
const cellTypes = new Set(allTypes.map(({ type }) => type));

function readFileOf(text: string, format: string, known: readonly KnownGrader[]) {
	const suite = JSON.stringify({ cases: [{ file: `case.${format}` }] });
	return readSuite(suite, { format: 'json', graders: known, readFile: async () => text });
}

describe("promptfoo's cells and files of tests", () => {
	it('differ only for reasons that are written down', () => {
		assert.deepEqual(
			Object.keys(listed),
			readingDifferences.map(({ id }) => id),
		);
		for (const { reason } of readingDifferences) {
			assert.match(reason(), /^[A-Z]/);
		}
		assert.deepEqual(
			[...differing].filter((id) => !rows.some((row) => row.id === id)),
			[],
		);
		assert.equal(rows.length, 263);
	});

	for (const row of rows.filter(({ group }) => group === 'csv-cell')) {
		it(`${row.id} ${JSON.stringify(row.expected)}`, () => {
			const read = readExpectedCell(row.expected ?? '', cellTypes);
			assert.deepEqual(read, row.throws === undefined ? row.parsed : { fault: 'quotes' });
		});
	}

	for (const row of rows.filter(
		({ tests, throws, group }) => group !== 'csv-cell' && (tests ?? throws) !== undefined,
	)) {
		const isListed = differing.has(row.id);
		it(`${row.id} ${row.note ?? ''} ${isListed ? 'differs' : 'agrees'}`, async () => {
			const { suite, problems } = await readFileOf(row.text ?? '', row.format ?? '', allTypes);
			const isRefused = problems.some(({ severity }) => severity !== 'warning');
			const ours = isRefused
				? 'refused'
				: suite?.cases.map((suiteCase, index) => asTest(suiteCase, row.tests?.[index]));
			const given = row.throws === undefined ? row.tests : 'refused';
			// Rows hold plain JSON, in which 0 has no sign.
			const plain = JSON.parse(JSON.stringify(ours)) as unknown;
			if (isListed) {
				assert.notDeepEqual(plain, given);
			} else {
				assert.deepEqual(plain, given);
			}
		});
	}
});

/** A case as promptfoo's rows show it. The name of an unnamed one is compared where the row gives one. */
function asTest(suiteCase: SuiteCase, given: { description?: string } | undefined): object {
	const { vars, threshold, metadata, output, name } = suiteCase;
	return {
		vars,
		assert: suiteCase.assert.map(asWritten),
		...(threshold !== undefined && { threshold }),
		...(metadata && { metadata }),
		...(output !== undefined && { providerOutput: output }),
		...(given?.description !== undefined && { description: name }),
	};
}

function asWritten({ type, negate, value, threshold, metric }: Assertion): object {
	return {
		type: negate ? `not-${type}` : type,
		...(value !== undefined && { value }),
		...(threshold !== undefined && { threshold }),
		...(metric !== undefined && { metric }),
	};
}

describe("promptfoo's verdicts on files with answers", () => {
	for (const row of rows.filter(({ group }) => group === 'csv-verdict')) {
		const isListed = differing.has(row.id);
		it(`${row.id} ${row.text?.split('\n')[1] ?? ''} ${isListed ? 'differs' : 'agrees'}`, async () => {
			const [result] = row.results ?? [];
			const given = {
				verdict: result?.failure === 'error' ? 'error' : result?.pass ? 'pass' : 'fail',
				score: result?.score,
			};
			const ours = await verdictOf(row.text ?? '');
			if (isListed) {
				assert.notDeepEqual(ours, given);
			} else {
				assert.deepEqual(ours, given);
			}
		});
	}
});

async function verdictOf(text: string): Promise<{ verdict: string; score: number }> {
	const { suite, problems } = await readFileOf(text, 'csv', graders);
	const [suiteCase] = suite?.cases ?? [];
	if (!suiteCase || problems.some(({ severity }) => severity !== 'warning')) {
		return { verdict: 'error', score: 0 };
	}
	try {
		const { assert: rendered } = renderCase(suiteCase);
		const { verdict, score } = await gradeAnswer(
			rendered,
			suiteCase.threshold,
			graderContext(suiteCase.output ?? ''),
		);
		return { verdict, score };
	} catch (thrown) {
		if (isAppError(thrown, 'validation')) {
			return { verdict: 'error', score: 0 };
		}
		throw thrown;
	}
}
