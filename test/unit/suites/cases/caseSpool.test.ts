import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, isAppError } from '../../../../src/common/errors.ts';
import { seededRandom } from '../../../../src/common/seededRandom.ts';
import { ScratchFile } from '../../../../src/disk/scratchFile.ts';
import { CaseSelection } from '../../../../src/suites/cases/caseSelection.ts';
import { CaseSpools } from '../../../../src/suites/cases/caseSpools.ts';
import { runSuite } from '../../../../src/suites/runSuite.ts';
import type { SuiteCase } from '../../../../src/suites/suite.ts';
import { AnsweringModels } from '../../../support/suites/answeringModels.ts';
import { outcomeOf, suiteContext, suiteUri } from '../../../support/suites/suiteContext.ts';

function suiteCase(index: number, changes: Partial<SuiteCase> = {}): SuiteCase {
	const vars = { city: `Zürich 🚀 \ud800 "${index}"\n`, list: [1, null, { deep: true }] };
	return { name: `case ${index}`, line: index + 1, vars, tags: [], repeat: 1, assert: [], ...changes };
}

/** Lines of very different lengths, some longer than a block. */
function manyCases(count: number): SuiteCase[] {
	const random = seededRandom(11);
	return Array.from({ length: count }, (_, index) =>
		suiteCase(index, { output: 'ä€x'.repeat(random() < 0.02 ? 60_000 : Math.floor(200 * random())) }),
	);
}

describe('cases in a spool', () => {
	let folder: string;
	let spools: CaseSpools;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'spool-'));
		spools = new CaseSpools(folder);
	});
	afterEach(async () => {
		spools.close();
		await rm(folder, { recursive: true, force: true });
	});

	it('come back as they were, in order and in any order, while others are added', () => {
		const cases = manyCases(500);
		const spool = spools.create();
		const random = seededRandom(3);
		for (const [index, one] of cases.entries()) {
			spool.push(one);
			const at = Math.floor(random() * (index + 1));
			assert.deepEqual(spool.at(at), cases[at]);
		}
		assert.deepEqual([...spool], cases);
		for (let round = 0; round < 500; round++) {
			const at = Math.floor(random() * cases.length);
			assert.deepEqual(spool.at(at), cases[at]);
		}
		assert.deepEqual(spool.at(-1), cases.at(-1));
		assert.equal(spool.at(500), undefined);
		assert.equal(spool.length, 500);
	});

	it('may be none, or so few that there is no file', () => {
		const failing = new CaseSpools(folder, () => assert.fail('a file was opened'));
		const spool = failing.create();
		assert.deepEqual([...spool], []);
		assert.equal(spool.at(0), undefined);
		assert.equal(
			spool.some(() => true),
			false,
		);
		assert.equal(
			spool.every(() => false),
			true,
		);
		spool.push(suiteCase(0));
		assert.deepEqual([...spool], [suiteCase(0)]);
		failing.close();
	});

	it('get their names later, and share parts that many have', () => {
		const assertion = { type: 'contains', negate: false, value: 'a', weight: 1, line: 1 };
		const own = { ...assertion, line: 2 };
		const [vars, tags, assertions] = [{ a: 1 }, ['slow'], [assertion]];
		spools.shared.add(vars, tags, assertions, assertion);
		const spool = spools.create();
		spool.push(suiteCase(0, { name: '', vars, tags, assert: assertions }));
		spool.push(suiteCase(1, { vars, tags, assert: [assertion, own] }));
		spool.rename(0, 'first');
		const [first, second] = [...spool];
		assert.deepEqual(first, suiteCase(0, { name: 'first', vars, tags, assert: assertions }));
		assert.deepEqual(second, suiteCase(1, { vars, tags, assert: [assertion, own] }));
		assert.equal(first?.assert, assertions);
		assert.equal(first?.vars, vars);
		assert.equal(second?.assert[0], assertion);
	});

	it('can be chosen from by position', () => {
		const spool = spools.create();
		manyCases(100).forEach((one) => spool.push(one));
		const odd = new CaseSelection(spool).filter(({ index }) => index % 2 === 1);
		const last = odd.filter(({ name }) => name.endsWith('9'));
		assert.equal(odd.length, 50);
		assert.deepEqual(
			Array.from(last, ({ index }) => index),
			[9, 19, 29, 39, 49, 59, 69, 79, 89, 99],
		);
	});

	it('that the disk has no room for are an error that says so, and leave no file', async () => {
		class FullFile extends ScratchFile {
			override append(): void {
				throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
			}
		}
		const full = new CaseSpools(folder, (path) => new FullFile(path));
		const spool = full.create();
		assert.throws(
			() => manyCases(500).forEach((one) => spool.push(one)),
			(thrown) => isAppError(thrown, 'storage') && /disk is full.*Free some space/.test(thrown.message),
		);
		full.close();
		assert.deepEqual(await readdir(folder), []);
	});

	it('that are damaged, or cannot be read, are an error', () => {
		class DamagedFile extends ScratchFile {
			override read(into: Uint8Array): void {
				into.fill(120);
			}
		}
		class UnreadableFile extends ScratchFile {
			override read(): void {
				throw Object.assign(new Error('input/output error'), { code: 'EIO' });
			}
		}
		for (const openFile of [(path: string) => new DamagedFile(path), (path: string) => new UnreadableFile(path)]) {
			const damaged = new CaseSpools(folder, openFile);
			const spool = damaged.create();
			manyCases(500).forEach((one) => spool.push(one));
			assert.throws(
				() => spool.at(3),
				(thrown) => isAppError(thrown, 'storage') && thrown.message.includes(folder),
			);
			damaged.close();
		}
	});

	it('in a folder that is missing are an error', () => {
		const missing = new CaseSpools(join(folder, 'missing')).create();
		assert.throws(() => manyCases(500).forEach((one) => missing.push(one)), AppError);
	});
});

describe('a run whose cases are in a spool', () => {
	let folder: string;
	beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'spool-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const recordedModels = new AnsweringModels(() => assert.fail('a model was asked'));
	const rows = Array.from({ length: 700 }, (_, index) => ({
		...(index % 3 === 0 && { name: `case ${index}` }),
		query: `What is the state of order ${index % 50}, “bitte”?`,
		expected: `${index}`,
		...(index % 7 === 0
			? { outputs: { a: `${index}`, b: 'no' } }
			: { output: `order ${index % 5 === 0 ? 'x' : index}` }),
	}));
	const text =
		'defaults: { tags: [all], assert: [{ type: contains, value: "{{expected}}" }] }\ncases: [{ file: rows.jsonl }]\n';
	const source = { uri: suiteUri, name: 'a', text, format: 'yaml' as const };

	async function outcome(isSpooled: boolean) {
		const jsonl = rows.map((row) => `${JSON.stringify(row)}\r\n`).join('');
		async function* pieces() {
			for (let at = 0; at < jsonl.length; at += 997) {
				yield jsonl.slice(at, at + 997);
			}
		}
		const context = suiteContext(recordedModels, {
			readCaseFile: async () => (isSpooled ? pieces() : jsonl),
			...(isSpooled && { scratchFolder: folder }),
		});
		const { trials, run, done } = await outcomeOf(runSuite(context, source));
		const shown = trials.map(({ trialId, endedAt: _endedAt, ...trial }) => ({ ...trial, slot: trialId.slice(36) }));
		const { variants, done: count, status } = run;
		return { trials: shown, variants, count, status, done };
	}

	it('has the results of one whose cases are in memory', async () => {
		assert.deepEqual(await outcome(true), await outcome(false));
		assert.deepEqual(await readdir(folder), []);
	});

	it('that is left, or not planned, leaves no file', async () => {
		const context = suiteContext(recordedModels, {
			readCaseFile: async () => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
			scratchFolder: folder,
		});
		for await (const event of runSuite(context, source)) {
			if (event.type === 'trial') {
				break;
			}
		}
		await assert.rejects(
			async () => outcomeOf(runSuite(context, source, { filter: { names: ['none'] } })),
			(thrown) => isAppError(thrown, 'not-found'),
		);
		assert.deepEqual(await readdir(folder), []);
	});
});
