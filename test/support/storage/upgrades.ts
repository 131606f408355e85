import assert from 'node:assert/strict';
import { migrations } from '../../../src/storage/migrations/all.ts';
import { randomNumbers } from '../random.ts';
import type { SimulatedFiles } from './simulatedFiles.ts';
import { openTestStore, type TestStore } from './testStore.ts';

/** Upgrades an older store in `folder`, and checks the store as it opens after a power cut at each operation of the upgrade. */
export async function cutUpgrade(
	folder: string,
	files: SimulatedFiles,
	check: (store: TestStore) => Promise<void>,
): Promise<void> {
	const random = randomNumbers(5);
	const points: SimulatedFiles[] = [];
	files.onOperation = () => points.push(files.crash(random));
	await openTestStore(folder, files);
	assert.ok(points.length > 10);
	for (const point of points) {
		await check(await openTestStore(folder, point));
	}
}

/** Upgrades an older store in `folder` and opens it as the version with that schema does: read-only, and saying why. */
export async function openUpgraded(folder: string, files: SimulatedFiles, schema: number): Promise<TestStore> {
	await (await openTestStore(folder, files)).close();
	const before = await openTestStore(folder, files, undefined, undefined, {
		migrations: migrations.slice(0, schema),
	});
	assert.equal(before.status.mode, 'read-only');
	assert.match(before.status.reason ?? '', /newer version/);
	return before;
}
