import { readdir, readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Reads folders and files. Errors are `vscode.FileSystemError`s or Node's. */
export interface FolderReader {
	/** Files and folders; links and special files are omitted. */
	entries(folder: vscode.Uri): Promise<{ name: string; isFolder: boolean }[]>;
	stat(file: vscode.Uri): Promise<{ size: number; mtime: number }>;
	read(file: vscode.Uri): Promise<Uint8Array>;
}

const editorReader: FolderReader = {
	async entries(folder) {
		// A link has an additional bit set, so it equals neither.
		return (await vscode.workspace.fs.readDirectory(folder))
			.filter(([, type]) => type === vscode.FileType.File || type === vscode.FileType.Directory)
			.map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }));
	},
	stat: async (file) => vscode.workspace.fs.stat(file),
	read: async (file) => vscode.workspace.fs.readFile(file),
};

/** Five to ten times as fast as the editor's file system API with ten thousand files. */
const diskReader: FolderReader = {
	async entries(folder) {
		return (await readdir(folder.fsPath, { withFileTypes: true }))
			.filter((entry) => entry.isFile() || entry.isDirectory())
			.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
	},
	async stat(file) {
		const { size, mtimeMs } = await stat(file.fsPath);
		return { size, mtime: mtimeMs };
	},
	read: async (file) => readFile(file.fsPath),
};

export function readerFor(uri: vscode.Uri): FolderReader {
	return uri.scheme === 'file' ? diskReader : editorReader;
}

export function isMissing(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'FileNotFound' || code === 'ENOENT';
}
