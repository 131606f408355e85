import { type DiskFiles, writeAll } from '../../disk/files.ts';

/**
 * Makes durable what a killed process may have written without a sync, from `start` to `end`, and cuts off the rest. The
 * bytes are written again, because after a failed sync the system considers them written and another sync does nothing.
 */
export async function writeAgain(files: DiskFiles, path: string, start: number, end: number): Promise<void> {
	const file = await files.open(path, 'update');
	try {
		await writeAll(file, await file.read(start, end - start), start);
		await file.truncate(end);
		await file.sync();
	} finally {
		await file.close();
	}
}
