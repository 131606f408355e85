import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { visibleLine } from '../../common/visibleText.ts';

/**
 * A reference of a file as a path in the folder of the import: relative, with `/`, without `.` and `..`. `from` is the file
 * that refers, whose folder the reference starts at. Throws `access-denied` for anything that leaves the folder: absolute
 * paths, drives, addresses, and parts that Windows reads otherwise.
 */
export function insideFolder(reference: string, from = ''): string {
	const plain = reference.replaceAll('\\', '/');
	const parts: string[] = from.split('/').slice(0, -1);
	let leaves = plain.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(plain) || plain.includes('\0');
	for (const part of plain.split('/')) {
		if (part === '..') {
			leaves ||= parts.pop() === undefined;
		} else if (part !== '' && part !== '.') {
			// A stream of a file, or a name that Windows shortens to another one.
			leaves ||= part.includes(':') || /[. ]$/.test(part);
			parts.push(part);
		}
	}
	if (leaves || parts.length === 0) {
		throw new AppError(
			'access-denied',
			l10n.t('"{0}" leads out of the folder of the file and is not read', visibleLine(reference, 100)),
		);
	}
	return parts.join('/');
}
