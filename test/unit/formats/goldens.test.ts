import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formats } from '../../../src/formats/all.ts';
import { importFile } from '../../../src/formats/importFile.ts';
import type { Imported } from '../../../src/formats/imported.ts';
import { fileText } from '../../../src/formats/reading/fileText.ts';
import { checkImported } from '../../support/formats/importText.ts';
import { diskFolder } from '../../support/formats/folders.ts';

const root = resolve(import.meta.dirname, '../../../fixtures/formats');
/** Each folder of a format holds folders with a file, what it refers to, and what comes of it. */
const goldens = globSync('*/*/imported.json', { cwd: root })
	.map((file) => file.replaceAll('\\', '/'))
	.sort();

interface Golden extends Imported {
	/** The file that is imported. */
	file: string;
}

describe('files of other tools', () => {
	it('are there for each format', () => {
		const shown = new Set(goldens.map((file) => file.split('/')[0]));
		assert.deepEqual([...shown].sort(), formats.map(({ id }) => id).sort());
	});

	for (const golden of goldens) {
		it(`become what is expected: ${dirname(golden)}`, async () => {
			const path = join(root, golden);
			const expected = JSON.parse(readFileSync(path, 'utf8')) as Golden;
			const text = await fileText(expected.file, readFileSync(join(dirname(path), expected.file)));
			const imported = await importFile(expected.file, text, diskFolder(dirname(path)));
			await checkImported(imported);
			if (process.env['UPDATE_GOLDENS'] === '1') {
				writeFileSync(path, `${JSON.stringify({ file: expected.file, ...imported }, undefined, '\t')}\n`);
			} else {
				assert.deepEqual(imported, (({ file: _, ...rest }) => rest)(expected));
			}
		});
	}
});
