import assert from 'node:assert/strict';
import { markInterruptedRuns, removeOldRuns } from '../../../../src/host/suites/tidyRuns.ts';
import type { Repositories, Store } from '../../../../src/storage/contract.ts';
import { runFixture } from '../../../support/suites/runFixture.ts';

/** A store of runs; those in `claimed` belong to a living window. */
function storeOf(all: ReturnType<typeof runFixture>[], claimed: string[] = [], mode = 'owner') {
	const taken = new Set(claimed);
	const marked: (readonly string[])[] = [];
	const removed: string[] = [];
	const repositories = {
		runs: {
			list: () => all.filter(({ runId }) => !removed.includes(runId)),
			markInterrupted: (running: readonly string[]) => marked.push(running),
			remove: (runId: string) => removed.push(runId),
		},
	} as unknown as Repositories;
	const work = <T>(use: (all: Repositories) => T) => Promise.resolve(use(repositories));
	const store = {
		status: { mode },
		read: work,
		write: work,
		claims: {
			take: (name: string) => {
				if (taken.has(name)) {
					return Promise.resolve(undefined);
				}
				taken.add(name);
				return Promise.resolve(() => Promise.resolve(void taken.delete(name)));
			},
		},
	} as unknown as Store;
	return { store, marked, removed, taken };
}

const running = (runId: string) => runFixture({ runId, status: 'running' });

describe('runs whose process has ended', () => {
	it('are marked, and those of this and of another living window are not', async () => {
		const { store, marked, taken } = storeOf(
			[running('dead'), running('here'), running('elsewhere')],
			['run-elsewhere'],
		);
		await markInterruptedRuns(store, ['here']);
		assert.deepEqual(marked, [['here', 'elsewhere']]);
		assert.deepEqual([...taken], ['run-elsewhere'], 'the claims are given back');
	});

	it('are left alone if there is none, or the store cannot be written', async () => {
		const alive = storeOf([running('elsewhere'), runFixture({ runId: 'done' })], ['run-elsewhere']);
		await markInterruptedRuns(alive.store, []);
		assert.deepEqual(alive.marked, []);
		const readOnly = storeOf([running('dead')], [], 'read-only');
		await markInterruptedRuns(readOnly.store, []);
		assert.deepEqual(readOnly.marked, []);
	});
});

describe('old runs', () => {
	it('are removed with their files, beyond the newest of each suite', async () => {
		const runs = ['c', 'b', 'a'].map((runId) => runFixture({ runId }));
		const { store, removed } = storeOf([...runs, runFixture({ runId: 'other', suite: 'file:///other' })]);
		const files: string[] = [];
		await removeOldRuns(store, { remove: (runId) => Promise.resolve(void files.push(runId)) }, 1, ['b']);
		assert.deepEqual(removed, ['a']);
		assert.deepEqual(files, ['a']);
	});
});
