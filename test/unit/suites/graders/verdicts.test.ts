import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../../../src/formats/promptfoo/differences.ts';
import type { Sandbox } from '../../../../src/suites/sandbox.ts';
import { givenVerdict, gradeRow, type VerdictRow } from '../../../support/suites/gradeRow.ts';
import { testSandbox } from '../../../support/suites/testSandbox.ts';

const file = join(import.meta.dirname, '../../../../fixtures/suites/verdicts.jsonl');
const rows = readFileSync(file, 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as VerdictRow);

/** The rows on which we differ on purpose, by the id of the difference. */
const differentRows: Record<string, readonly string[]> = {
	'error-is-no-failure': [
		'regex-038',
		'regex-039',
		'regex-040',
		'regex-042',
		'regex-044',
		'regex-063',
		'regex-064',
		'combine-081',
		'combine-082',
		'combine-027',
		'combine-056',
		'combine-079',
		'javascript-017',
		'javascript-018',
		'javascript-021',
		'javascript-022',
		'javascript-024',
		'javascript-026',
		'javascript-027',
		'javascript-029',
		'javascript-030',
		'javascript-042',
		'javascript-049',
		'javascript-050',
		'javascript-051',
		'javascript-060',
		'javascript-062',
		'javascript-063',
		'javascript-064',
		'javascript-069',
		'javascript-070',
		'javascript-072',
		'javascript-074',
		'javascript-077',
		'javascript-084',
		'javascript-087',
		'javascript-088',
		'javascript-092',
		'javascript-100',
		'javascript-101',
		'javascript-102',
		'javascript-103',
		'javascript-110',
		'javascript-130',
		'judge-037',
		'judge-038',
		'judge-043',
		'judge-080',
		'judge-083',
		'judge-086',
		'judge-087',
	],
	'score-range': [
		'combine-019',
		'combine-020',
		'combine-025',
		'combine-026',
		'combine-029',
		'combine-108',
		'javascript-014',
		'javascript-015',
		'javascript-019',
		'javascript-055',
	],
	'set-of-weight-0': ['combine-122'],
	'empty-refusal': ['is-refusal-005', 'combine-072', 'combine-073', 'combine-074'],
	'answer-is-text': [
		'is-refusal-009',
		'is-refusal-010',
		'is-refusal-011',
		'is-refusal-012',
		'is-refusal-013',
		'is-refusal-014',
		'is-refusal-016',
		'javascript-107',
		'javascript-109',
		'javascript-112',
		'javascript-113',
	],
	'no-value': ['equals-070', 'equals-071', 'judge-049'],
	'limits-are-numbers': ['word-count-054'],
	'strict-json': [
		'contains-json-019',
		'contains-json-021',
		'contains-json-022',
		'contains-json-023',
		'contains-json-024',
		'contains-json-025',
		'contains-json-026',
		'contains-json-035',
		'contains-json-041',
		'contains-json-042',
		'contains-json-045',
	],
	'braces-in-strings': ['contains-json-028', 'contains-json-029'],
	'unknown-is-no-failure': ['finish-reason-007', 'finish-reason-009'],
	'reason-decides-nothing': ['combine-064', 'combine-065', 'combine-143'],
	'code-world': ['javascript-121', 'javascript-124', 'javascript-125', 'javascript-132', 'javascript-133'],
	'result-is-json': ['javascript-105'],
	'judge-answer': [
		'judge-014',
		'judge-015',
		'judge-016',
		'judge-018',
		'judge-019',
		'judge-020',
		'judge-021',
		'judge-022',
		'judge-027',
		'judge-029',
		'judge-032',
		'judge-033',
		'judge-034',
		'judge-039',
		'judge-044',
		'judge-081',
		'judge-085',
	],
	'judge-negated': ['judge-088', 'judge-089'],
	'factuality-scores': ['judge-090', 'judge-091'],
	'missing-variable': ['contains-list-116', 'value-template-007', 'value-template-012', 'value-template-046'],
	'template-language': [
		'regex-088',
		'regex-091',
		'value-template-009',
		'value-template-010',
		'value-template-013',
		'value-template-019',
		'value-template-020',
		'value-template-027',
		'value-template-049',
		'javascript-119',
	],
};
const listed = new Set(Object.values(differentRows).flat());

describe("promptfoo's own verdicts", () => {
	let sandbox: Sandbox;

	before(() => {
		sandbox = testSandbox({ limits: { code: 20_000, regex: 20_000 } });
	});

	after(() => sandbox.dispose());

	for (const group of new Set(rows.map((row) => row.group))) {
		it(`are ours: ${group}`, async () => {
			for (const row of rows.filter((one) => one.group === group)) {
				const { verdict, score, assertions } = await gradeRow(row, { sandbox });
				const given = givenVerdict(row);
				const isSame = verdict === given && (given === 'error' || Math.abs(score - Number(row.score)) < 1e-9);
				const reasons = assertions.map(({ reason }) => reason).join(' | ');
				assert.equal(
					isSame,
					!listed.has(row.id),
					`${row.id} is ${given} ${row.score}, ours is ${verdict} ${score}: ${reasons}`,
				);
			}
		});
	}

	it('differ from ours only where a listed difference says why', () => {
		assert.deepEqual(
			Object.keys(differentRows),
			differences.map(({ id }) => id),
		);
		const ids = new Set(rows.map(({ id }) => id));
		assert.deepEqual(
			[...listed].filter((id) => !ids.has(id)),
			[],
		);
		for (const { id, reason } of differences) {
			assert.ok((differentRows[id] ?? []).length > 0, `no row shows ${id}`);
			assert.ok(reason().length > 20, id);
		}
	});
});
