import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { LineSelection, maxSelectedLength } from '../../formats/reading/lineSelection.ts';
import { fileLines } from './fileLines.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Of a file that is read line by line, in bytes. */
export const maxLinesBytes = 1024 * 1024 * 1024;

/**
 * Reads a file line by line that is longer than an import may be. Resolves to what is imported of it, or to undefined if
 * it is not in a format of JSON Lines. Rejects with `validation` if a line is not UTF-8.
 */
export async function readLongLines(file: string, path: string): Promise<LineSelection | undefined> {
	let selection: LineSelection | undefined;
	let blank = 0;
	for await (const bytes of fileLines(file, maxSelectedLength)) {
		if (!selection) {
			const line = bytes && decode(bytes, blank + 1);
			if (line?.trim() === '') {
				blank++;
				continue;
			}
			selection = line === undefined ? undefined : LineSelection.of(path, line);
			if (!selection) {
				return undefined;
			}
			for (let index = 0; index < blank; index++) {
				selection.add('');
			}
			selection.add(line);
		} else {
			selection.add(bytes && selection.hasRoom ? decode(bytes, selection.count + 1) : undefined);
		}
	}
	return selection;
}

function decode(bytes: Uint8Array, line: number): string {
	try {
		return decoder.decode(bytes).replace(/\r$/, '');
	} catch (cause) {
		throw new AppError('validation', l10n.t('Line {0} is not UTF-8 text. Save the file as UTF-8 first', line), {
			cause,
		});
	}
}
