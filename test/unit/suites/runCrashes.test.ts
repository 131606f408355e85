import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { DiskFiles, OpenFile } from '../../../src/disk/files.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { randomNumbers } from '../../support/random.ts';
import { killable } from '../../support/storage/killable.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { runIdOf, runPins, storedTrial } from '../../support/suites/storedTrial.ts';

const runId = runIdOf(1);
const folder = `/store/runs/${runId}`;

function runsOf(files: DiskFiles, onDamage?: () => void) {
	return openRunFiles('/store', files, { groupMs: 0, ...(onDamage && { onDamage }) });
}

/** A trial of one to several sectors. */
function trialOf(number: number, random: () => number) {
	return storedTrial(number, { requests: String(random()).repeat(1 + Math.floor(random() * random() * 300)) });
}

/** Reads everything, goes on and reads again: resolves with the ids that were there. */
async function recover(files: SimulatedFiles, random: () => number, where: string): Promise<string[]> {
	const runs = runsOf(files);
	const { trials, log } = await runs.open(runId);
	for (const { trialId } of trials) {
		assert.equal((await runs.trial(runId, trialId)).trialId, trialId, `${where}: ${trialId} is half`);
	}
	const ids = trials.map(({ trialId }) => trialId);
	await log.append(trialOf(1000, random));
	const again = await runsOf(files.crash(random)).trials(runId);
	assert.deepEqual(
		again.map(({ trialId }) => trialId),
		[...ids, 'trial-1000'],
		`${where}: after the recovery`,
	);
	await log.close();
	return ids;
}

function assertNothingLost(found: readonly string[], acknowledged: readonly string[], where: string): void {
	assert.deepEqual(
		acknowledged.filter((id) => !found.includes(id)),
		[],
		`${where}: acknowledged but lost`,
	);
	assert.equal(new Set(found).size, found.length, `${where}: doubled`);
}

describe('the log of a run', function () {
	this.timeout(60_000);

	it('cut at any byte has the trials before that byte, is no damage, and goes on', async () => {
		const files = new SimulatedFiles();
		const log = await runsOf(files).create(runPins(runId));
		for (let number = 0; number < 4; number++) {
			await log.append(storedTrial(number));
		}
		await log.close();
		const path = `${folder}/summaries.log`;
		const complete = Buffer.from((await files.read(path)) ?? []);
		const header = complete.indexOf('\n') + 1;
		for (let length = header; length <= complete.length; length++) {
			const cut = files.copy();
			cut.damage(path, (bytes) => bytes.slice(0, length));
			const lines = complete.subarray(header, length).toString('latin1').split('\n').length - 1;
			const damage: unknown[] = [];
			const runs = runsOf(cut, () => damage.push(length));
			const { trials, log: resumed } = await runs.open(runId);
			assert.deepEqual(
				trials.map(({ trialId }) => trialId),
				['trial-0', 'trial-1', 'trial-2', 'trial-3'].slice(0, lines),
			);
			await resumed.append(storedTrial(7));
			await resumed.close();
			assert.equal((await runs.trials(runId)).length, lines + 1);
			assert.deepEqual(await runs.trial(runId, 'trial-7'), storedTrial(7));
			assert.deepEqual(damage, []);
		}
	});

	for (const seed of [1, 2, 3]) {
		it(`loses nothing acknowledged and leaves nothing half after a power cut at any operation (life ${seed})`, async () => {
			const random = randomNumbers(seed);
			const files = new SimulatedFiles();
			const acknowledged: string[] = [];
			const points: { files: SimulatedFiles; acknowledged: string[]; where: string }[] = [];
			files.onOperation = (operation, path) => {
				const where = `operation ${files.operations} (${operation} ${path})`;
				points.push({ files: files.crash(random), acknowledged: [...acknowledged], where });
			};
			let number = 0;
			const runs = runsOf(files);
			let log = await runs.create(runPins(runId));
			const created = points.length;
			for (let round = 0; round < 4; round++) {
				for (let batch = 0; batch < 5; batch++) {
					const some = Array.from({ length: 1 + Math.floor(random() * 4) }, () => trialOf(number++, random));
					await Promise.all(
						some.map((trial) => log.append(trial).then(() => acknowledged.push(trial.trialId))),
					);
				}
				await log.close();
				({ log } = await runs.open(runId));
			}
			await log.close();
			for (const [index, point] of points.entries()) {
				if (index < created && !(await runsOf(point.files).list()).includes(runId)) {
					continue;
				}
				assertNothingLost(await recover(point.files, random, point.where), point.acknowledged, point.where);
			}
			assert.ok(points.length > 150, String(points.length));
		});
	}

	it('is complete after its process was killed at any moment, and another one goes on', async () => {
		const random = randomNumbers(7);
		for (let life = 0; life < 40; life++) {
			const files = new SimulatedFiles();
			const mortal = killable(files);
			const log = await runsOf(mortal.files).create(runPins(runId));
			const acknowledged: string[] = [];
			const last = Array.from({ length: 12 }, (_, number) => trialOf(number, random)).reduce(
				(before, trial) =>
					before.then(async () => {
						await log.append(trial);
						acknowledged.push(trial.trialId);
					}),
				Promise.resolve(),
			);
			const ended = last.catch(() => undefined);
			for (let step = Math.floor(random() * 400); step > 0; step--) {
				await Promise.resolve();
			}
			mortal.kill();
			const known = [...acknowledged];
			await ended;
			assertNothingLost(await recover(files.copy(), random, `life ${life}`), known, `life ${life}`);
		}
	});

	for (const code of ['ENOSPC', 'EIO']) {
		for (const part of [false, true]) {
			it(`refuses a trial at a failing call, ${part ? 'half written' : 'not begun'}, and takes the next (${code}) [fault 2]`, async () => {
				for (let failing = 1; ; failing++) {
					const files = new SimulatedFiles();
					const faulty = failingAt(files, failing, code, part);
					const runs = runsOf(faulty.files);
					const log = await runs.create(runPins(runId));
					faulty.begin();
					const acknowledged: string[] = [];
					for (let number = 0; number < 6; number++) {
						const appended = log.append(storedTrial(number));
						await appended.then(
							() => acknowledged.push(`trial-${number}`),
							(error: unknown) => assert.ok(isAppError(error, 'storage'), String(error)),
						);
					}
					const where = `call ${failing}`;
					const found = (await runsOf(files).trials(runId)).map(({ trialId }) => trialId);
					assert.deepEqual(found, acknowledged, where);
					assert.ok(acknowledged.length >= 5, where);
					await log.close();
					const ids = await recover(
						files.crash(() => 0),
						randomNumbers(1),
						where,
					);
					assert.deepEqual(ids, acknowledged, where);
					if (!faulty.hasFailed()) {
						assert.ok(failing > 12, String(failing));
						break;
					}
				}
			});
		}
	}

	it('writes again what a process whose sync had failed has left', async () => {
		const files = new SimulatedFiles();
		const log = await runsOf(files).create(runPins(runId));
		await log.append(storedTrial(0));
		// A sync that fails, and the process is gone before it could cut anything off: the system believes all is written.
		const mortal = killable(files);
		const { log: second } = await runsOf(mortal.files).open(runId);
		files.onOperation = (operation, path) => {
			if (operation === 'sync' && path.endsWith('summaries.log')) {
				mortal.kill();
				throw Object.assign(new Error('EIO'), { code: 'EIO' });
			}
		};
		await second.append(storedTrial(1)).catch(() => undefined);
		files.onOperation = () => undefined;
		const written: string[] = [];
		files.onOperation = (operation, path) => void (operation === 'write' && written.push(path));
		const { trials } = await runsOf(files).open(runId);
		assert.equal(trials.length, 2);
		assert.deepEqual(written, [`${folder}/answers.log`, `${folder}/summaries.log`]);
		await log.close();
	});
});

/** Files whose n-th change after `begin` fails, once; `part`: a write has written half of it before. */
function failingAt(files: SimulatedFiles, n: number, code: string, part: boolean) {
	let count = -Infinity;
	let failed = false;
	const isDue = () => {
		count++;
		failed ||= count === n;
		return count === n;
	};
	const failure = () => Object.assign(new Error(code), { code });
	const wrap = (file: OpenFile): OpenFile => ({
		...file,
		async write(bytes, position) {
			if (isDue()) {
				await (part ? file.write(bytes.subarray(0, bytes.length / 2), position) : undefined);
				throw failure();
			}
			return file.write(bytes, position);
		},
		async sync() {
			if (isDue()) {
				throw failure();
			}
			await file.sync();
		},
		async truncate(size) {
			if (isDue()) {
				throw failure();
			}
			await file.truncate(size);
		},
	});
	return {
		files: new Proxy<DiskFiles>(files, {
			get: (target, property) =>
				property === 'open'
					? async (...args: Parameters<DiskFiles['open']>) => {
							if (isDue()) {
								throw failure();
							}
							return wrap(await target.open(...args));
						}
					: (Reflect.get(target, property) as (...args: unknown[]) => unknown).bind(target),
		}),
		begin: () => void (count = 0),
		hasFailed: () => failed,
	};
}
