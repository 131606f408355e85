import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskFiles } from '../../../src/disk/files.ts';
import { logFile } from '../../../src/storage/layout.ts';
import { emptyPoint, encodeHeader, encodeRecord } from '../../../src/storage/logFormat.ts';
import { readLog } from '../../../src/storage/logReader.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';

const touched = { drafts: [], chats: [], prompts: [], results: [] };

describe('readLog', () => {
	it('takes what a writer adds to a log, and the next log, while the log is being read', async () => {
		const { folder, remove } = await temporaryFolder();
		const first = encodeRecord(emptyPoint, [['DELETE FROM t WHERE id = 1', []]], touched);
		const second = encodeRecord(first.point, [['DELETE FROM t WHERE id = 2', []]], touched);
		const third = encodeRecord(second.point, [['DELETE FROM t WHERE id = 3', []]], touched);
		await writeFile(join(folder, logFile(1)), Buffer.concat([encodeHeader(1, emptyPoint), first.bytes]));

		let written = false;
		const files: DiskFiles = {
			...nodeFiles,
			// The reader has the bytes of log 1 and now looks for log 2.
			stat: async (path) => {
				if (path.endsWith(logFile(2)) && !written) {
					written = true;
					await appendFile(join(folder, logFile(1)), second.bytes);
					await writeFile(
						join(folder, logFile(2)),
						Buffer.concat([encodeHeader(2, second.point), third.bytes]),
					);
				}
				return nodeFiles.stat(path);
			},
		};
		const advance = await readLog(files, folder, { generation: 1, offset: 0, point: emptyPoint });
		assert.equal(advance.stopped, false);
		assert.deepEqual(
			advance.records.map(({ seq }) => seq),
			[1, 2, 3],
		);
		assert.equal(advance.rest.length, 0);
		await remove();
	});

	it('takes a log that is cleared away between two looks as missing', async () => {
		const { folder, remove } = await temporaryFolder();
		await writeFile(join(folder, logFile(1)), encodeHeader(1, emptyPoint));
		const files: DiskFiles = {
			...nodeFiles,
			stat: async (path) => {
				const found = await nodeFiles.stat(path);
				await nodeFiles.remove(path);
				return found;
			},
		};
		const advance = await readLog(files, folder, { generation: 1, offset: 0, point: emptyPoint });
		assert.deepEqual(advance.records, []);
		await remove();
	});
});
