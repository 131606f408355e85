import * as l10n from '@vscode/l10n';
import { parseSource } from '../source/parseSource.ts';
import type { CaseFile, CaseFileReader } from './caseFile.ts';

/** Reads one case a line, as strict JSON; empty lines are skipped. */
export const readJsonl: CaseFileReader = (text, file) => text.split(/\r\n?|\n/).forEach(jsonlReader(file));

/** Reads the lines of a file one by one, in order. */
export function jsonlReader(file: CaseFile): (line: string) => void {
	let row = 0;
	let number = 0;
	return (written) => {
		const line = number++ === 0 ? written.replace(/^\ufeff/, '') : written;
		if (line.trim() === '') {
			return;
		}
		const at = number;
		const positionAt = (offset: number) => ({ line: at, column: offset + 1 });
		row++;
		try {
			JSON.parse(line);
		} catch (thrown) {
			const reason = thrown instanceof Error ? thrown.message : String(thrown);
			file.report(at, l10n.t('This line is not valid JSON: {0}', reason));
			return;
		}
		const node = parseSource(line, 'json', (offset, message) => file.report(positionAt(offset), message));
		if (node) {
			file.addNode(node, positionAt, row);
		}
	};
}
