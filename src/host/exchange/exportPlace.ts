import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { isInside, realPath } from '../../disk/realPath.ts';
import { cancelled, chosen } from '../kit/arguments.ts';
import { fileExists } from '../kit/fileExists.ts';
import { showWarning } from '../kit/notify.ts';
import { trustedUri } from '../kit/places.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';

/** The folder that the user picks for an export. */
export async function askExportFolder(): Promise<vscode.Uri> {
	const [workspace] = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
	const folders = await vscode.window.showOpenDialog({
		title: vscode.l10n.t('Export prompt'),
		openLabel: vscode.l10n.t('Export Here'),
		canSelectFolders: true,
		canSelectFiles: false,
		defaultUri: workspace?.uri ?? vscode.Uri.file(homedir()),
	});
	return chosen(folders?.[0]);
}

/**
 * Writes the files into a folder, whose links are resolved first: none leads out of it. Files that exist are replaced
 * with `true`, or if the user agrees.
 *
 * @throws AppError `validation` that names the files that exist, `access-denied`, `cancelled`
 */
export async function writeExport(
	folder: vscode.Uri,
	files: readonly { path: string; text: string }[],
	mayReplace: boolean | 'ask',
): Promise<vscode.Uri[]> {
	const root = await trustedUri(folder);
	const places = await Promise.all(
		files.map(async (file) => ({ uri: await placeIn(root, file.path), path: file.path, text: file.text })),
	);
	const existing: string[] = [];
	for (const { uri, path: name } of places) {
		if (await fileExists(uri)) {
			existing.push(name);
		}
	}
	if (existing.length > 0 && mayReplace !== true) {
		if (mayReplace === false) {
			throw new AppError(
				'validation',
				vscode.l10n.t('{0} already exists. Choose another location', existing.join(', ')),
				{ info: { field: 'uri' } },
			);
		}
		const replace = vscode.l10n.t('Replace');
		const question = vscode.l10n.t('Replace {0} in {1}?', existing.join(', '), root.fsPath);
		if ((await showWarning(question, { modal: true }, replace)) !== replace) {
			throw cancelled();
		}
	}
	for (const { uri, text } of places) {
		await writeAtomically(uri, text);
	}
	return places.map(({ uri }) => uri);
}

async function placeIn(root: vscode.Uri, name: string): Promise<vscode.Uri> {
	const real = await realPath(path.join(root.fsPath, name));
	if (!isInside(real, root.fsPath)) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t('{0} is a link to {1}, outside its folder, so it is not followed', name, real),
		);
	}
	return vscode.Uri.file(real);
}
