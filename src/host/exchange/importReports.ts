import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { isMissing, readerFor } from '../kit/folderReader.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';

/** Older ones are deleted. */
const kept = 50;

/** The reports of the last imports, which stay readable after the window is closed. */
export class ImportReports {
	readonly #folder: vscode.Uri;

	constructor(globalStorageUri: vscode.Uri) {
		this.#folder = vscode.Uri.joinPath(globalStorageUri, 'imports');
	}

	/** Keeps a report. Resolves to the key of its document. */
	async add(markdown: string): Promise<string> {
		// Names in the order of time, so that the oldest come first.
		const key = `${new Date().toISOString().replace(/\D/g, '')}-${randomUUID()}`;
		await writeAtomically(this.#file(key), markdown);
		const names = (await readerFor(this.#folder).entries(this.#folder)).map(({ name }) => name).sort();
		for (const name of names.slice(0, Math.max(0, names.length - kept))) {
			await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.#folder, name));
		}
		return key;
	}

	async read(key: string): Promise<string> {
		try {
			return new TextDecoder().decode(await readerFor(this.#folder).read(this.#file(key)));
		} catch (cause) {
			if (isMissing(cause)) {
				throw new AppError('not-found', vscode.l10n.t('The report of this import is no longer kept'), {
					cause,
				});
			}
			throw cause;
		}
	}

	#file(key: string): vscode.Uri {
		return vscode.Uri.joinPath(this.#folder, `${key.replace(/[^\w-]/g, '')}.md`);
	}
}
