import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graders } from '../../../../src/suites/graders/all.ts';
import { differences } from '../../../../src/suites/graders/differences.ts';
import { givenVerdict, gradeRow, type VerdictRow } from '../../../support/suites/gradeRow.ts';

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
	],
	'score-range': ['combine-019', 'combine-020'],
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
	],
	'no-value': ['equals-070', 'equals-071'],
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
	],
};
const listed = new Set(Object.values(differentRows).flat());

/** Types whose graders are not there yet, so that their rows cannot be run. */
const known = new Set(graders.map(({ type }) => type));
const awaited = ['javascript'].filter((type) => !known.has(type));

describe("promptfoo's own verdicts", () => {
	const ready = rows.filter(
		({ assertion, assert: all }) => !awaited.some((type) => JSON.stringify(assertion ?? all).includes(type)),
	);
	for (const group of new Set(ready.map((row) => row.group))) {
		it(`are ours: ${group}`, async () => {
			for (const row of ready.filter((one) => one.group === group)) {
				const { verdict, score, assertions } = await gradeRow(row);
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
