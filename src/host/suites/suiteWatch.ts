import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';

/** Suites among the files of the workspace. */
export const suitePattern = '**/*.prompttest.{yaml,yml,json}';

/** Reports suites that appear, change or disappear in the folders of a trusted workspace. */
export function watchSuiteFiles(onChanged: (uri: vscode.Uri) => void): Disposable {
	const disposables = new DisposableStore();
	const watcher = vscode.workspace.createFileSystemWatcher(suitePattern);
	const report = (uri: vscode.Uri) => {
		if (vscode.workspace.isTrusted && !uri.path.includes('/node_modules/')) {
			onChanged(uri);
		}
	};
	for (const item of [
		watcher,
		watcher.onDidCreate(report),
		watcher.onDidChange(report),
		watcher.onDidDelete(report),
	]) {
		disposables.add(item);
	}
	return disposables;
}

/** The files that are watched; none in an untrusted workspace. */
export async function findSuiteFiles(limit: number): Promise<vscode.Uri[]> {
	if (!vscode.workspace.isTrusted) {
		return [];
	}
	const files = await vscode.workspace.findFiles(suitePattern, '**/node_modules/**', limit);
	return files.sort((a, b) => a.path.localeCompare(b.path, 'en'));
}
