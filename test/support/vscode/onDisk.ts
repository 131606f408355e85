import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { eventually } from '../eventually.ts';

/** Waits until one of the files below a folder that match a pattern holds all of these texts. */
export async function untilOnDisk(folder: string, pattern: string, ...texts: string[]): Promise<void> {
	await eventually(() => {
		const found = globSync(pattern, { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
		const read = found.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'utf8'));
		assert.ok(
			read.some((content) => texts.every((text) => content.includes(text))),
			`None of ${read.length} files ${pattern} below ${folder} holds ${texts.join(' and ')}`,
		);
	});
}
