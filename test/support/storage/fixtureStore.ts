import { readFile, readdir } from 'node:fs/promises';
import { SimulatedFiles } from './simulatedFiles.ts';

const fixtures = new URL('../../../fixtures/stores/', import.meta.url);

/** The files of a store as an earlier version left it, in `folder` of a simulated disk. */
export async function fixtureStore(name: string, folder: string): Promise<SimulatedFiles> {
	const files = new SimulatedFiles();
	await files.createFolder(folder);
	for (const file of await readdir(new URL(`${name}/`, fixtures))) {
		if (file !== 'workshop.json') {
			const opened = await files.open(`${folder}/${file}`, 'create');
			await opened.write(await readFile(new URL(`${name}/${file}`, fixtures)), 0);
			await opened.sync();
			await opened.close();
		}
	}
	await files.syncFolder(folder);
	return files;
}

/** What that version wrote with Export All Data. */
export function fixtureExport(name: string): Promise<string> {
	return readFile(new URL(`${name}/workshop.json`, fixtures), 'utf8');
}
