import type { OpenFile } from '../../disk/files.ts';
import type { BatchFiles, BatchPart } from './batchFiles.ts';

/** Has the file of a part open for as long as `work` takes. */
export async function withPartFile<T>(
	files: Pick<BatchFiles, 'open'>,
	{ part }: BatchPart,
	work: (file: OpenFile) => Promise<T>,
): Promise<T> {
	const file = await files.open(part);
	try {
		return await work(file);
	} finally {
		await file.close();
	}
}
