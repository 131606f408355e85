import assert from 'node:assert/strict';
import { AppError } from '../../../src/common/errors.ts';
import { graders } from '../../../src/suites/graders/all.ts';
import { readSuite } from '../../../src/suites/readSuite.ts';
import type { Suite, SuiteReading } from '../../../src/suites/suite.ts';

/** Reads a suite beside these files, by path. */
export function readText(
	text: string,
	files: Readonly<Record<string, string>> = {},
	format: 'yaml' | 'json' = 'yaml',
): Promise<SuiteReading> {
	return readSuite(text, {
		format,
		graders,
		readFile: async (path) => {
			const file = files[path];
			if (file === undefined) {
				throw new AppError('not-found', `There is no file ${path}`);
			}
			return file;
		},
	});
}

/** Reads a suite that has no problems. */
export async function readRight(text: string, files: Readonly<Record<string, string>> = {}): Promise<Suite> {
	const { suite, problems } = await readText(text, files);
	assert.deepEqual(problems, []);
	assert.ok(suite);
	return suite;
}

/** What is wrong with a suite, as `line:column message`, with the file before if it is another one. */
export async function problemsOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
	const { problems } = await readText(text, files);
	return problems.map(
		({ file, line, column, message, severity }) =>
			`${file === undefined ? '' : `${file} `}${line}:${column} ${severity === 'warning' ? 'warning: ' : ''}${message}`,
	);
}
