import assert from 'node:assert/strict';
import { importFile } from '../../../src/formats/importFile.ts';
import type { Imported } from '../../../src/formats/imported.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import { undeclaredTags } from '../../../src/prompts/variables/variableNames.ts';
import { parseTemplate } from '../../../src/prompts/variables/parseTemplate.ts';
import { variablesFault } from '../../../src/prompts/variables/checkVariables.ts';
import type { Suite } from '../../../src/suites/suite.ts';
import { readRight } from '../suites/readText.ts';
import { memoryFolder } from './folders.ts';

/** Imports a text beside these files, and checks that everything in the result can be used as it is. */
export async function importText(
	path: string,
	text: string,
	files: Readonly<Record<string, string>> = {},
): Promise<Imported> {
	const imported = await importFile(path, text, memoryFolder(files));
	await checkImported(imported);
	return imported;
}

/** Drafts are templates whose variables are declared, suites and fixtures have no problems. */
export async function checkImported(imported: Imported): Promise<void> {
	for (const { name, text, variables } of imported.drafts) {
		const parsed = parseTemplate(text);
		assert.deepEqual(parsed.problems, [], name);
		assert.deepEqual(undeclaredTags(parsed, variables), [], name);
		assert.equal(variablesFault(variables), undefined, name);
	}
	for (const { text } of imported.suites) {
		await readRight(text);
	}
	for (const { name, text } of imported.fixtures) {
		parseFixture(new TextEncoder().encode(text), `${name}.json`);
	}
}

/** The suites of an import as the reader of suites reads them. */
export async function suitesOf(imported: Imported): Promise<Suite[]> {
	return Promise.all(imported.suites.map(({ text }) => readRight(text)));
}

/** The report as `line outcome what: note`. */
export function reportOf({ report }: Pick<Imported, 'report'>): string[] {
	return report.map(({ line, outcome, what, note }) => `${line ?? '-'} ${outcome} ${what}: ${note}`);
}
