import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../../src/common/errors.ts';
import { importFile } from '../../../src/formats/importFile.ts';
import { fileText } from '../../../src/formats/reading/fileText.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import { readText } from '../../support/suites/readText.ts';
import { diskFolder } from '../../support/formats/folders.ts';
import { announcedRandom } from '../../support/random.ts';

const root = resolve(import.meta.dirname, '../../../fixtures/formats');
const files = globSync('*/*/imported.json', { cwd: root }).map((golden) => {
	const { file } = JSON.parse(readFileSync(join(root, golden), 'utf8')) as { file: string };
	return { file, folder: join(root, dirname(golden)) };
});

/** Imports a text; anything but a reason for the user is a failure. */
async function importAny(file: string, text: string, folder: string): Promise<boolean> {
	try {
		const { suites, fixtures } = await importFile(file, text, diskFolder(folder));
		// What is wrong in a suite is shown in it, but a fixture that cannot be read is lost.
		await Promise.all(suites.map((suite) => readText(suite.text)));
		for (const fixture of fixtures) {
			parseFixture(new TextEncoder().encode(fixture.text), 'a.json');
		}
		return true;
	} catch (thrown) {
		assert.ok(
			thrown instanceof AppError && thrown.code === 'validation',
			`${file}: ${String(thrown)}\n${text.slice(0, 2_000)}`,
		);
		return false;
	}
}

describe('damaged files of other tools', function () {
	this.timeout(120_000);

	it('say at which line nothing could be read', async () => {
		const text = 'ticket,__expected\n"A bill,icontains: bill\n';
		await assert.rejects(importFile('tests.csv', text, diskFolder(root)), (error: AppError) => {
			assert.match(error.message, /^Nothing in "tests\.csv" can be imported\. Line 2: .*quotation mark/);
			return true;
		});
	});

	for (const { file, folder } of files) {
		it(`are read or refused: ${file}`, async () => {
			const text = await fileText(file, readFileSync(join(folder, file)));
			assert.ok(await importAny(file, text, folder));
			for (let percent = 5; percent < 100; percent += 10) {
				await importAny(file, text.slice(0, (text.length * percent) / 100), folder);
			}
			const random = announcedRandom();
			for (let round = 0; round < 20; round++) {
				const at = Math.floor(random() * text.length);
				const pieces = [
					'"',
					'{',
					'}',
					'[',
					']',
					'\n',
					':',
					'-',
					'{{',
					'}}',
					'\0',
					'\ud800',
					'#',
					"'",
					'\t',
					',',
					'0',
					'null',
				];
				const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
				await importAny(file, text.slice(0, at) + piece + text.slice(at + Math.floor(random() * 4)), folder);
			}
		});
	}

	it('of any value where another is expected are read or refused [attack 22]', async () => {
		const values: unknown[] = [
			null,
			0,
			'',
			'x',
			[],
			{},
			[null],
			[[]],
			{ a: null },
			true,
			[{ role: 'user' }],
			[{ role: 1, content: { a: 1 } }],
			{ type: 'object' },
		];
		for (const { file, folder } of files.filter((one) => /\.jsonl?$/.test(one.file))) {
			const text = readFileSync(join(folder, file), 'utf8');
			const isLines = file.endsWith('.jsonl');
			const parts = isLines ? text.split('\n').filter((line) => line !== '') : [text];
			const parsed = parts.map((part) => JSON.parse(part) as unknown);
			for (const path of pathsOf(parsed).slice(0, 60)) {
				for (const value of values) {
					const changed = replaced(parsed, path, value) as unknown[];
					await importAny(file, changed.map((one) => JSON.stringify(one)).join('\n'), folder);
				}
			}
		}
	});
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, item]) => [[...path, key], ...pathsOf(item, [...path, key])])
		: [];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
	if (key === undefined) {
		return by;
	}
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
		string,
		unknown
	>;
	copy[key] = replaced(copy[key], rest, by);
	return copy;
}
