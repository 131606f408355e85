import * as l10n from '@vscode/l10n';
import type { CaseFile, CaseFileReader } from '../../formats/caseFiles/caseFile.ts';
import { readCsv } from '../../formats/caseFiles/csv.ts';
import { jsonlReader, readJsonl } from '../../formats/caseFiles/jsonl.ts';
import { readJsonList, readYamlList } from '../../formats/caseFiles/list.ts';
import type { FieldChecker } from './fieldChecker.ts';
import { locatedLine, locatedNode, type Located } from './located.ts';
import type { Problems } from './problems.ts';
import type { CaseList, WrittenCase } from './readCase.ts';
import { textLines } from './textLines.ts';
import { withoutEmptyFields } from './withoutEmptyFields.ts';

const readers: Readonly<Record<string, CaseFileReader>> = {
	csv: readCsv,
	jsonl: readJsonl,
	json: readJsonList,
	yaml: readYamlList,
	yml: readYamlList,
};

/** The reader for a file's name, or undefined. */
export function caseFileReader(path: string): CaseFileReader | undefined {
	const [, extension = ''] = /\.([^./\\]+)$/.exec(path.toLowerCase()) ?? [];
	return Object.hasOwn(readers, extension) ? readers[extension] : undefined;
}

export const caseFileExtensions = Object.keys(readers).map((extension) => `.${extension}`);

/** The text of a case file: all of it, or in pieces. Only a file of lines is read as it comes. */
export type CaseText = string | AsyncIterable<string>;

/**
 * Adds the cases of a file to a suite. Problems are reported with the file's path. False if it holds nothing at all. Rejects
 * with what the text in pieces, or `list`, throws.
 */
export async function readCaseFile(
	text: CaseText,
	path: string,
	read: CaseFileReader,
	{ list, checker, problems }: { list: CaseList; checker: FieldChecker; problems: Problems },
): Promise<boolean> {
	let isEmpty = true;
	const add = (located: Located, row: number) => {
		isEmpty = false;
		const written = located.value;
		if (checker.check('foreignCase', located)) {
			list.add(ownForm(written as ForeignCase, located), located, { file: path, row });
		}
	};
	const file: CaseFile = {
		assertionTypes: new Set(checker.graders.keys()),
		report: (at, message, severity) => {
			isEmpty = false;
			problems.add({
				...(typeof at === 'number' ? { line: at, column: 1 } : at),
				message,
				file: path,
				...(severity !== undefined && { severity }),
			});
		},
		addRow: (written, { line, row }) => add(locatedLine(written, line, problems, path), row),
		addNode: (node, positionAt, row) =>
			add(locatedNode(node, withoutEmptyFields(node.value()), positionAt, problems, path), row),
	};
	if (typeof text === 'string') {
		read(text, file);
	} else if (read === readJsonl) {
		const addLine = jsonlReader(file);
		for await (const lines of textLines(text)) {
			lines.forEach(addLine);
		}
	} else {
		const pieces: string[] = [];
		for await (const piece of text) {
			pieces.push(piece);
		}
		read(pieces.join(''), file);
	}
	return !isEmpty;
}

interface ForeignCase extends WrittenCase {
	description?: string;
	providerOutput?: unknown;
	options?: unknown;
}

/** The case of a promptfoo test. A case without a question asks its variable `query`, if it has one. */
function ownForm({ description, providerOutput, options, ...written }: ForeignCase, located: Located): WrittenCase {
	if (options !== undefined) {
		located.report({ path: ['options'], atKey: true }, l10n.t('"options" has no effect here'), {
			severity: 'warning',
		});
	}
	const output = typeof providerOutput === 'string' ? providerOutput : JSON.stringify(providerOutput);
	return {
		...(description !== undefined && { name: description }),
		...(output !== undefined && output !== '' && { output }),
		...written,
	};
}
