import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { toAppError } from '../../common/errors.ts';
import { promptKinds, type PromptKind } from '../../common/model.ts';
import { visibleLine } from '../../common/visibleText.ts';
import { linePositions } from '../../formats/source/linePositions.ts';
import { lintPrompt } from '../../prompts/lint/lintPrompt.ts';
import { graders } from '../../suites/graders/all.ts';
import { readSuite } from '../../suites/readSuite.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Arguments } from '../parseArguments.ts';
import { findSuites, isSuiteFile, readBeside, readSource, shortPath } from '../suiteFiles.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';

interface Finding {
	file: string;
	/** From 1. */
	line: number;
	column: number;
	severity: 'error' | 'warning' | 'information';
	message: string;
	/** Of a rule for prompts. */
	code?: string;
}

/** `prompt-workshop lint`: fails if there is an error or a warning; information does not count. */
export async function lint(parsed: Arguments, terminal: Terminal): Promise<number> {
	const { folder } = terminal;
	const kind = parsed.one('kind') ?? 'assistant';
	if (!promptKinds.includes(kind as PromptKind)) {
		throw usageError(l10n.t('--kind takes {0}, not "{1}"', promptKinds.join(', '), kind));
	}
	const model = parsed.one('model');
	if (model !== undefined && !/^[^/]+\/./.test(model)) {
		throw usageError(l10n.t('"{0}" names no model: write provider/model', model), 'model');
	}
	const options = { kind: kind as PromptKind, model };
	const findings: Finding[] = [];
	for (const path of await lintedFiles(parsed.operands, folder)) {
		const found = isSuiteFile(path)
			? await suiteFindings(path, folder)
			: await promptFindings(path, folder, options);
		findings.push(...found);
	}
	for (const finding of findings) {
		const { file, line, column, severity, message, code } = finding;
		const suffix = code === undefined ? '' : ` (${code})`;
		terminal.out(
			parsed.has('json')
				? `${JSON.stringify(finding)}\n`
				: `${file}:${line}:${column} ${severity}: ${visibleLine(message, 500)}${suffix}\n`,
		);
	}
	return findings.some(({ severity }) => severity !== 'information') ? exitCodes.failed : exitCodes.fine;
}

/** The files that operands name; of folders their suites with the prompt files that these name. */
async function lintedFiles(operands: readonly string[], folder: string): Promise<string[]> {
	const files: string[] = [];
	for (const operand of operands.length > 0 ? operands : ['.']) {
		const path = resolve(folder, operand);
		const info = await stat(path).catch(() => undefined);
		if (!info) {
			throw usageError(l10n.t('There is no file or folder {0}', operand), 'file');
		}
		if (!info.isDirectory()) {
			files.push(path);
			continue;
		}
		for (const suite of await findSuites(folder, [operand])) {
			files.push(suite, ...(await promptsOf(suite, folder)));
		}
	}
	return [...new Set(files)];
}

/** The prompt files that a suite names; those that a run could not read are findings of the suite. */
async function promptsOf(path: string, folder: string): Promise<string[]> {
	return (await readingOf(path, folder)).prompts.flatMap(({ file, problem }) =>
		problem === undefined ? [resolve(dirname(path), file)] : [],
	);
}

async function readingOf(path: string, folder: string) {
	const { text, format, uri } = await readSource(path, folder);
	const reading = await readSuite(text, { format, graders, readFile: (file) => readBeside(file, uri, folder) });
	const references = reading.suite?.prompts.filter((prompt) => prompt.startsWith('file:')) ?? [];
	const prompts = references.map(async (reference) => {
		const file = reference.slice('file:'.length);
		const problem = await readBeside(file, uri, folder).then(
			() => undefined,
			(error: unknown) => toAppError(error).message,
		);
		return { reference, file, problem };
	});
	return { text, problems: reading.problems, prompts: await Promise.all(prompts) };
}

async function suiteFindings(path: string, folder: string): Promise<Finding[]> {
	const { text, problems, prompts } = await readingOf(path, folder);
	const positionAt = linePositions(text);
	const missing = prompts.flatMap(({ reference, problem }): Finding[] =>
		problem === undefined
			? []
			: [
					{
						file: shortPath(path, folder),
						...positionAt(Math.max(0, text.indexOf(reference))),
						severity: 'error',
						message: problem,
					},
				],
	);
	const found = problems.map(({ line, column, message, file, severity = 'error' }) => ({
		file: shortPath(file === undefined ? path : resolve(dirname(path), file), folder),
		line,
		column,
		severity,
		message,
	}));
	return [...missing, ...found];
}

async function promptFindings(
	path: string,
	folder: string,
	options: { kind: PromptKind; model: string | undefined },
): Promise<Finding[]> {
	let text: string;
	try {
		text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
	} catch {
		throw usageError(l10n.t('The prompt {0} cannot be read', shortPath(path, folder)), 'file');
	}
	const positionAt = linePositions(text);
	return lintPrompt(text, options).map(({ start, severity, message, code }) => ({
		file: shortPath(path, folder),
		...positionAt(start),
		severity,
		message,
		code,
	}));
}
