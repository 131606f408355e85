import { parseSource } from '../source/parseSource.ts';
import type { CaseFileReader } from './caseFile.ts';
import * as l10n from '@vscode/l10n';

/** Reads one case a line, as strict JSON; empty lines are skipped. */
export const readJsonl: CaseFileReader = (text, file) => {
	let row = 0;
	for (const [index, line] of text
		.replace(/^\ufeff/, '')
		.split(/\r\n?|\n/)
		.entries()) {
		if (line.trim() === '') {
			continue;
		}
		const positionAt = (offset: number) => ({ line: index + 1, column: offset + 1 });
		row++;
		try {
			JSON.parse(line);
		} catch (thrown) {
			const reason = thrown instanceof Error ? thrown.message : String(thrown);
			file.report(index + 1, l10n.t('This line is not valid JSON: {0}', reason));
			continue;
		}
		const node = parseSource(line, 'json', (offset, message) => file.report(positionAt(offset), message));
		if (node) {
			file.addNode(node, positionAt, row);
		}
	}
};
