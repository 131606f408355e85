import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taggedNumbers, threats, type Level, type ThreatKind } from '../../support/attacks/list.ts';
import { threatRows, threatTable } from '../../support/attacks/table.ts';
import { misfit, mutants } from '../../support/mutants/all.ts';
import { testFiles } from '../../support/testProcesses.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

describe('attacks and faults', () => {
	for (const kind of ['attack', 'fault'] as const) {
		const tagged = (level: Level) => testFiles(`test/${level}/**/*.test.ts`, `[${kind} `).map(read);

		it(`${kind}: every number has a test at each of its levels`, () => {
			const missing = threats[kind].flatMap(({ number, levels }) =>
				levels
					.filter((level) => !tagged(level).some((text) => taggedNumbers(kind, text).includes(number)))
					.map((level) => `${kind} ${number} at ${level}`),
			);
			assert.deepEqual(missing, []);
		});

		it(`${kind}: every tag names a number of the list`, () => {
			const known = threats[kind].map(({ number }) => number);
			const used = (['unit', 'host', 'ui'] as const).flatMap((level) => tagged(level)).join('\n');
			assert.deepEqual(
				taggedNumbers(kind, used).filter((number) => !known.includes(number)),
				[],
			);
		});
	}

	it('are held only by tests that passed, at every level that was run', () => {
		const row = (tests: [Level, string, 'passed' | 'failed'][], levels: Level[]) => {
			const outcomes = tests.map(([level, title, state]) => ({ level, test: { title, state } }));
			return threatRows('attack' satisfies ThreatKind, outcomes, levels)[0];
		};
		const all: Level[] = ['unit', 'host', 'ui'];
		const unit: [Level, string, 'passed'] = ['unit', 'a [attack 1]', 'passed'];
		assert.equal(row([unit, ['ui', 'b [attack 1] [attack 2]', 'passed']], all)?.holds, true);
		assert.deepEqual(row([unit, ['ui', 'b [attack 11]', 'passed']], all)?.missing, ['ui']);
		assert.equal(row([unit], ['unit'])?.holds, true);
		const failed = row([unit, ['ui', 'b [attack 1]', 'passed'], ['ui', 'c [attack 1]', 'failed']], all);
		assert.equal(failed?.holds, false);
		assert.match(threatTable('attack', [failed]), /^attack {2}1 .* FAILS \(2 passed, 1 failed\)$/);
	});
});

describe('the mutants [attack 26]', () => {
	it('fit the sources, so that each takes a defence away', () => {
		assert.deepEqual(
			mutants.flatMap((mutant) => misfit(mutant, read(mutant.file)) ?? []),
			[],
		);
	});

	it('have names of their own and test files that are there', () => {
		assert.equal(new Set(mutants.map(({ name }) => name)).size, mutants.length);
		const files = testFiles('test/*/**/*.test.ts').map((file) => file.replaceAll('\\', '/'));
		const missing = mutants.flatMap(({ tests }) => tests).filter((name) => !files.includes(`test/${name}.test.ts`));
		assert.deepEqual(missing, []);
	});
});
