import type { Disposable } from '../../../src/common/lifecycle.ts';
import type { Store, StoreMaintenance } from '../../../src/storage/contract.ts';
import type { DiskFiles } from '../../../src/disk/files.ts';
import { openStore, type OpenStoreOptions } from '../../../src/storage/openStore.ts';
import type { OwnerPort } from '../../../src/disk/ownerPort.ts';
import { loadSqlJs } from './sql.ts';

export const time = '2026-01-02T03:04:05.000Z';

export const seed = {
	name: 'auspex_default',
	title: 'Research assistant',
	content: 'You are Auspex, a research assistant.',
	description: 'The default prompt',
};

/** Windows of one process: each is an object here. A closed one is dead, a `stopped` one silent. */
export class SimulatedOwners implements OwnerPort {
	readonly host: string;
	readonly boot = 'boot-1';
	readonly windows: Map<string, () => Promise<boolean>>;
	readonly stopped = new Set<string>();
	static #count = 0;

	constructor(windows = new Map<string, () => Promise<boolean>>(), host = 'host-1') {
		this.windows = windows;
		this.host = host;
	}

	async listen(onAsked: () => Promise<boolean>) {
		const address = `window-${++SimulatedOwners.#count}`;
		this.windows.set(address, onAsked);
		return { address, close: async () => void this.windows.delete(address) };
	}

	async ask(address: string, question: 'handOver' | 'ping') {
		const onAsked = this.windows.get(address);
		if (!onAsked) {
			return 'dead';
		}
		if (this.stopped.has(address)) {
			return 'silent';
		}
		return question === 'ping' || (await onAsked()) ? 'released' : 'dropped';
	}
}

export type TestStore = Store & StoreMaintenance & Disposable;

/** A store without background work: everything that happens is in the order of the test. */
export function openTestStore(
	folder: string,
	files: DiskFiles,
	owners: OwnerPort = new SimulatedOwners(),
	log: (level: string, message: string) => void = () => undefined,
	more: Partial<Pick<OpenStoreOptions, 'migrations' | 'every' | 'buildSnapshot'>> = {},
): Promise<TestStore> {
	return openStore({
		folder,
		storeId: 'test',
		initSqlJs: loadSqlJs,
		files,
		owners,
		now: () => new Date(time),
		seed,
		every: () => ({ dispose: () => undefined }),
		log,
		...more,
	});
}

/** Everything in the store, as one text that can be compared. */
export async function dump(store: StoreMaintenance): Promise<string> {
	const files = await store.exportAll();
	return files.find((file) => file.path === 'workshop.json')?.text ?? '';
}
