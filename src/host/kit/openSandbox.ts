import * as vscode from 'vscode';
import { createSandbox } from '../../suites/sandbox/createSandbox.ts';
import type { Sandbox } from '../../suites/sandbox.ts';

/** The sandbox of suites, whose threads start on first use. Code runs in trusted workspaces only. Dispose it. */
export function openSandbox(): Sandbox {
	return createSandbox({
		loadWasm: async () => (await import('@jitl/quickjs-wasmfile-release-sync/wasm')).default,
		allowed: () => vscode.workspace.isTrusted,
	});
}
