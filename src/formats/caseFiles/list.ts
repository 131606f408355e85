import * as l10n from '@vscode/l10n';
import { linePositions } from '../source/linePositions.ts';
import { parseSource } from '../source/parseSource.ts';
import type { CaseFileReader } from './caseFile.ts';
import { matrixCells, readMatrix } from './labMatrix.ts';

/** Reads a list of cases, one case, or a matrix of the Lab. JSON is read like YAML, so that commas at the end and comments are allowed. */
function listReader(format: 'json' | 'yaml'): CaseFileReader {
	return (text, file) => {
		const source = text.replace(/^\ufeff/, '');
		const positionAt = linePositions(source);
		const root = parseSource(source, format, (offset, message) => file.report(positionAt(offset), message));
		if (root?.kind === 'scalar') {
			file.report(positionAt(root.start), l10n.t('The file must hold a list of cases'));
			return;
		}
		const cells = root && matrixCells(root);
		if (cells) {
			readMatrix(cells, positionAt, file);
		} else if (root) {
			let row = 1;
			for (const node of root.kind === 'list' ? root.items() : [root]) {
				file.addNode(node, positionAt, row++);
			}
		}
	};
}

export const readJsonList: CaseFileReader = listReader('json');
export const readYamlList: CaseFileReader = listReader('yaml');
