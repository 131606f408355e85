import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { graderTypes } from '../../../src/common/graderTypes.ts';
import { formats } from '../../../src/formats/all.ts';
import type { Format } from '../../../src/formats/imported.ts';
import { writers } from '../../../src/formats/writers/all.ts';
import type { Writer } from '../../../src/formats/writing/writer.ts';
import { graders } from '../../../src/suites/graders/all.ts';

const folder = join(import.meta.dirname, '../../../src/formats');
/** Files of the folder that are no formats. */
const others = ['all.ts', 'exportFiles.ts', 'imported.ts', 'importFile.ts', 'suiteText.ts'];

describe('formats', () => {
	it('are those that the files of the folder export, one a file named like it', async () => {
		const found: Format[] = [];
		for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !others.includes(name))) {
			const [format, ...more] = Object.values((await import(join(folder, file))) as Record<string, Format>);
			assert.ok(format && more.length === 0, `${file} does not export one format`);
			assert.equal(file, `${format.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`);
			found.push(format);
		}
		assert.deepEqual(new Set(found), new Set(formats));
		assert.equal(new Set(formats.map(({ id }) => id)).size, formats.length);
	});

	it('that are written are those of their folder', async () => {
		const found: Writer[] = [];
		for (const file of readdirSync(join(folder, 'writers')).filter((name) => name !== 'all.ts')) {
			const [writer, ...more] = Object.values(
				(await import(join(folder, 'writers', file))) as Record<string, Writer>,
			);
			assert.ok(writer && more.length === 0, `${file} does not export one writer`);
			assert.equal(file, `${writer.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`);
			found.push(writer);
		}
		assert.deepEqual(new Set(found), new Set(writers));
	});

	it('know the types of assertions that there are', () => {
		assert.deepEqual(
			graderTypes,
			graders.map(({ type }) => type),
		);
	});
});
