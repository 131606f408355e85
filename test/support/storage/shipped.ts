import { pathToFileURL } from 'node:url';
import type { DiskFiles } from '../../../src/disk/files.ts';
import type { OwnerPort } from '../../../src/disk/ownerPort.ts';

interface Storage {
	openStore: typeof import('../../../src/storage/openStore.ts').openStore;
	nodeFiles: DiskFiles;
	ownerEndpoint: OwnerPort;
	snapshotWorker: typeof import('../../../src/storage/startSnapshotWorker.ts').snapshotWorker;
}

/** The storage room as it ships, from the bundle that `STORAGE_BUNDLE` names; without it, from the sources. */
export async function loadStorage(): Promise<Storage> {
	const bundle = process.env['STORAGE_BUNDLE'];
	const shipped = bundle === undefined ? '../../../src/storage/shipped.ts' : pathToFileURL(bundle).href;
	return (await import(shipped)) as Storage;
}
