import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { formats } from './all.ts';
import type { Folder, Format, Imported } from './imported.ts';
import { ForeignFile } from './reading/foreignFile.ts';
import { insideFolder } from './reading/insideFolder.ts';

/** The formats that a file may be, the surest first. */
export function detectFormats(file: ForeignFile): Format[] {
	return formats
		.map((format) => ({ format, sureness: format.detect(file) }))
		.filter(({ sureness }) => sureness > 0)
		.sort((a, b) => b.sureness - a.sureness)
		.map(({ format }) => format);
}

/**
 * Reads a prompt, test or conversation file of another tool, found out by its content and then by its name. `path` is
 * relative to the folder, or only a name. Nothing is stored and nothing in the file is run. Throws `validation`, with line
 * and column if the file is broken; a file of which nothing can be used gives the reason.
 */
export async function importFile(path: string, text: string, folder: Folder): Promise<Imported> {
	const file = new ForeignFile(path, text);
	const [format] = detectFormats(file);
	if (!format) {
		throw new AppError(
			'validation',
			l10n.t(
				'"{0}" is in no format that is known. Known formats: {1}',
				file.name,
				formats.map(({ label }) => label).join(', '),
			),
		);
	}
	const imported = await format.read(file, guarded(folder));
	if (imported.drafts.length + imported.suites.length + imported.fixtures.length === 0) {
		const reasons = imported.report.slice(0, 3).map(({ line, what, note }) => {
			const reason = [what.trim(), note].filter((part) => part !== '').join(': ');
			return line === undefined ? reason : l10n.t('Line {0}: {1}', line, reason);
		});
		throw new AppError(
			'validation',
			l10n.t('Nothing in "{0}" can be imported. {1}', file.name, reasons.join('; ')).trimEnd(),
		);
	}
	return imported;
}

/** No format reads past its folder, whatever it makes of a reference. */
function guarded(folder: Folder): Folder {
	return {
		read: async (path) => folder.read(insideFolder(path)),
		list: async (path) => folder.list(path === '' ? '' : insideFolder(path)),
	};
}
