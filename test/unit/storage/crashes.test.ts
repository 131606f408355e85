import assert from 'node:assert/strict';
import { randomNumbers } from '../../support/random.ts';
import { killable } from '../../support/storage/killable.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { SimulatedOwners, type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

const folder = '/store';

/** Attempts to write, in order, and which of them were acknowledged. */
class History {
	readonly attempted: string[] = [];
	readonly acknowledged: string[] = [];

	/** A text that no other attempt has, over several sectors now and then. */
	#next(random: () => number): string {
		const text = `attempt ${this.attempted.length} `;
		return text.repeat(1 + Math.floor(random() * random() * 150));
	}

	async write(store: TestStore, random: () => number): Promise<void> {
		const draftContent = this.#next(random);
		this.attempted.push(draftContent);
		await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
		this.acknowledged.push(draftContent);
	}

	copy(): History {
		const copy = new History();
		copy.attempted.push(...this.attempted);
		copy.acknowledged.push(...this.acknowledged);
		return copy;
	}
}

async function texts(store: TestStore): Promise<string[]> {
	return store.read(({ drafts }) =>
		drafts
			.list()
			.map(({ id }) => drafts.get(id).draftContent)
			.reverse(),
	);
}

function assertNothingLost(found: readonly string[], { attempted, acknowledged }: History, where: string): void {
	assert.deepEqual(
		acknowledged.filter((text) => !found.includes(text)).map((text) => text.slice(0, 12)),
		[],
		`${where}: acknowledged but lost`,
	);
	const order = found.map((text) => attempted.indexOf(text));
	assert.ok(
		order.every((index, place) => index >= 0 && (place === 0 || index > (order[place - 1] ?? -1))),
		`${where}: half or out of order: ${order.join()}`,
	);
}

interface CrashPoint {
	files: SimulatedFiles;
	history: History;
	where: string;
}

/** A life of a store: windows open, write, checkpoint, hand over, die and are followed by others. */
async function live(files: SimulatedFiles, history: History, random: () => number): Promise<void> {
	const owners = new SimulatedOwners();
	let first = await openTestStore(folder, files, owners);
	for (let count = 0; count < 4; count++) {
		await history.write(first, random);
	}
	for (let round = 0; round < 3; round++) {
		const checkpoint = first.checkpoint();
		for (let count = 0; count < 5; count++) {
			await history.write(first, random);
		}
		await checkpoint;
		const second = await openTestStore(folder, files, owners);
		await history.write(second, random);
		await history.write(first, random);
		await second.close();
		const mortal = killable(files);
		const third = await openTestStore(folder, mortal.files, owners);
		await history.write(third, random);
		const last = history.write(third, random).catch(() => undefined);
		// Somewhere within that write.
		for (let step = Math.floor(random() * 12); step > 0; step--) {
			await Promise.resolve();
		}
		mortal.kill();
		await last;
		owners.windows.clear();
		await first.close();
		first = await openTestStore(folder, files, owners);
		await history.write(first, random);
	}
	await first.close();
}

async function recover(point: CrashPoint, random: () => number): Promise<number> {
	const { files, history, where } = point;
	const store = await openTestStore(folder, files);
	assertNothingLost(await texts(store), history, where);
	assert.deepEqual(store.status.damage, [], `${where}: a crash is no damage`);
	const before = (await texts(store)).length;
	await history.write(store, random);
	await history.write(store, random);
	const after = files.crash(random);
	const again = await openTestStore(folder, after);
	assert.equal((await texts(again)).length, before + 2, `${where}: lost after the recovery`);
	// The engine's memory is one for all of them.
	await Promise.all([store.close(), again.close()]);
	return 2;
}

describe('a power cut', function () {
	this.timeout(120_000);

	for (const seed of [1, 2]) {
		it(`at every operation loses nothing acknowledged and leaves nothing half (life ${seed}) [fault 1]`, async () => {
			const random = randomNumbers(seed);
			const files = new SimulatedFiles();
			const history = new History();
			const points: CrashPoint[] = [];
			files.onOperation = (operation, path) => {
				const where = `life ${seed}, operation ${files.operations} (${operation} ${path})`;
				points.push({ files: files.crash(random), history: history.copy(), where });
			};
			await live(files, history, random);
			let states = 0;
			for (const point of points) {
				states += await recover(point, random);
			}
			assert.ok(states >= 500, `only ${states} states were tried`);
		});
	}
});
