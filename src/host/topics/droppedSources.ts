import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { droppedContents, droppedUris } from '../kit/droppedUris.ts';
import { fileExists } from '../kit/fileExists.ts';

const markdown = /\.(?:md|markdown|mdx)$/i;
const copyFolder = /[\\/](?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[\\/]|$)/;

/**
 * The places that were dropped, each to be imported as a topic. Folders and files from the Explorer, and on the desktop
 * from the file manager, come as URIs. Into a browser window come contents only: they are copied below
 * `copies`, several Markdown files as one source, each other file as one.
 *
 * @throws AppError `validation` when something cannot be read, or when several Markdown files came as URIs
 */
export async function droppedSources(data: vscode.DataTransfer, copies: vscode.Uri): Promise<vscode.Uri[]> {
	const places = await droppedUris(data);
	if (places.filter(({ path }) => markdown.test(path)).length > 1) {
		throw new AppError(
			'validation',
			vscode.l10n.t('Each of these files would become its own topic. Drop the folder that contains them instead'),
		);
	}
	const contents = await Promise.all(droppedContents(data).map(contentOf));
	// Apart from each other: as the source of a topic, a folder is read with all that it holds.
	const folder = vscode.Uri.joinPath(copies, randomUUID());
	const tables = vscode.Uri.joinPath(copies, randomUUID());
	const copied = contents.map(({ name, bytes }) => ({
		copy: vscode.Uri.joinPath(markdown.test(name) ? folder : tables, name),
		bytes,
	}));
	for (const { copy, bytes } of copied) {
		await vscode.workspace.fs.writeFile(copy, bytes);
	}
	const articles = copied.map(({ copy }) => copy).filter(({ path }) => markdown.test(path));
	const others = copied.map(({ copy }) => copy).filter(({ path }) => !markdown.test(path));
	return [...places, ...others, ...(articles.length > 1 ? [folder] : articles)];
}

async function contentOf(file: vscode.DataTransferFile): Promise<{ name: string; bytes: Uint8Array }> {
	try {
		return { name: file.name.replace(/[\\/]/g, '_'), bytes: await file.data() };
	} catch (cause) {
		const message = vscode.l10n.t(
			'Could not read {0}. A browser passes on files, not folders: drop the files, or use "Import Topic"',
			file.name,
		);
		throw new AppError('validation', message, { cause });
	}
}

/**
 * Deletes the copies that stand in `candidates` and are the source of no topic.
 *
 * @param used sources of the topics; their links may be resolved, so copies are recognised by the name of their folder
 */
export async function deleteUnusedCopies(
	copies: vscode.Uri,
	candidates: readonly string[],
	used: readonly string[],
): Promise<void> {
	const idOf = (path: string) => copyFolder.exec(path)?.groups?.['id'];
	const usedIds = new Set(used.map(idOf));
	for (const id of new Set(candidates.map(idOf))) {
		const folder = id === undefined ? undefined : vscode.Uri.joinPath(copies, id);
		if (folder && !usedIds.has(id) && (await fileExists(folder))) {
			await vscode.workspace.fs.delete(folder, { recursive: true });
		}
	}
}
