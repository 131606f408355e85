import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeLock } from '../../../src/disk/lock.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { ownerEndpoint } from '../../../src/disk/ownerEndpoint.ts';
import { sleep } from '../../support/sleep.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';

class Locker {
	readonly process: ChildProcess;
	readonly #lines: AsyncIterator<string>;

	constructor(folder: string) {
		const script = join(import.meta.dirname, '../../support/disk/lockChild.ts');
		this.process = spawn(process.execPath, ['--no-warnings', script, folder], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		assert.ok(this.process.stdout);
		this.#lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
	}

	send(command: string): void {
		this.process.stdin?.write(`${command}\n`);
	}

	async next(): Promise<string> {
		const line = await this.#lines.next();
		return line.done ? 'ended' : line.value;
	}
}

describe('a lock between processes', function () {
	this.timeout(60_000);
	let folder: string;
	let remove: () => Promise<void>;
	let lockers: Locker[];

	beforeEach(async () => {
		({ folder, remove } = await temporaryFolder());
		lockers = [];
	});
	afterEach(async () => {
		lockers.forEach((locker) => locker.process.kill('SIGKILL'));
		await remove();
	});

	async function start(): Promise<Locker> {
		const locker = new Locker(folder);
		lockers.push(locker);
		assert.equal(await locker.next(), 'ready');
		return locker;
	}

	it('whose holder was killed goes to exactly one of those that wait for it, time and again', async () => {
		const racers = await Promise.all([start(), start(), start()]);
		for (let round = 1; round <= 4; round++) {
			const holder = await start();
			holder.send('hold');
			assert.equal(await holder.next(), 'held');
			racers.forEach((racer) => ['in', 'in', 'in'].forEach((command) => racer.send(command)));
			holder.process.kill('SIGKILL');
			for (const racer of racers) {
				assert.deepEqual(
					[await racer.next(), await racer.next(), await racer.next()],
					['alone', 'alone', 'alone'],
				);
			}
		}
	});

	it('is waited for while its holder lives, and free once it is released', async () => {
		const place = { files: nodeFiles, folder, name: 'lock' };
		const release = await takeLock(place, ownerEndpoint);
		const racer = await start();
		racer.send('in');
		const answer = racer.next();
		assert.equal(await Promise.race([answer, sleep(300, 'the answer must not come')]), undefined);
		await release();
		assert.equal(await answer, 'alone');
	});

	it('that nobody of ours has made, or that was written half, stops nobody', async () => {
		const place = { files: nodeFiles, folder, name: 'lock' };
		const { host, boot } = ownerEndpoint;
		for (const [number, text] of [
			[1, '{ "token": '],
			[4, JSON.stringify({ token: 'x', endpoint: join(folder, 'strange.sock'), host, boot })],
		] as const) {
			await writeFile(join(folder, `lock.${number}`), text);
			await (
				await takeLock(place, ownerEndpoint)
			)();
		}
	});
});
