import * as vscode from 'vscode';

/** A token of VS Code that is cancelled when the signal is aborted. */
export function tokenOf(signal: AbortSignal): vscode.CancellationToken {
	const source = new vscode.CancellationTokenSource();
	if (signal.aborted) {
		source.cancel();
	}
	signal.addEventListener('abort', () => source.cancel(), { once: true });
	return source.token;
}
