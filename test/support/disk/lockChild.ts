import { rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { takeLock } from '../../../src/disk/lock.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { ownerEndpoint } from '../../../src/disk/ownerEndpoint.ts';
import { sleep } from '../sleep.ts';

/**
 * A process that takes a lock when it is told to: `node lockChild.ts <folder>`. Says `alone` when nobody else was inside
 * meanwhile, `overlap` otherwise; told to `hold` it says `held` and keeps the lock.
 */
const [folder = ''] = process.argv.slice(2);
const place = { files: nodeFiles, folder, name: 'lock' };
const marker = `${folder}/inside`;

createInterface({ input: process.stdin }).on('line', (command) => {
	void (async () => {
		const release = await takeLock(place, ownerEndpoint);
		if (command === 'hold') {
			console.log('held');
			return;
		}
		try {
			// Fails where another process is inside.
			await writeFile(marker, '', { flag: 'wx' });
			await sleep(5, 'another process has time to come in');
			await rm(marker);
			console.log('alone');
		} catch {
			console.log('overlap');
		}
		await release();
	})();
});
console.log('ready');
// Its listener alone does not keep a process alive.
setInterval(() => undefined, 1000);
