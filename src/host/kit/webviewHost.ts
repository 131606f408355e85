import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Port } from '../../common/rpc.ts';
import { webviewPolicy } from './webviewPolicy.ts';

/** Name of a webview: its script and style are `dist/webview/<name>.js` and `.css`. */
export type WebviewName = 'workshop' | 'lab' | 'import' | 'report' | 'blind' | 'dashboard';

function resourceRoot(extensionUri: vscode.Uri): vscode.Uri {
	return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Options of a webview that can load only from the bundle's folder and cannot run commands from links. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
	return { enableScripts: true, enableCommandUris: false, localResourceRoots: [resourceRoot(extensionUri)] };
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The texts of the display language, as data for the page; empty in English. */
function texts(): string {
	const { bundle } = vscode.l10n;
	return bundle
		? `<script type="application/json" id="texts">${JSON.stringify(bundle).replaceAll('<', '\\u003c')}</script>\n`
		: '';
}

/** The HTML of a webview: one script with its chunks, its styles, and a policy that blocks everything else. */
export function webviewHtml(
	webview: Pick<vscode.Webview, 'cspSource' | 'asWebviewUri'>,
	extensionUri: vscode.Uri,
	name: WebviewName,
	title: string,
): string {
	const nonce = randomBytes(18).toString('base64');
	const resource = (file: string) =>
		escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(resourceRoot(extensionUri), file)).toString());
	const policy = webviewPolicy(webview.cspSource, nonce);
	return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${resource('codicon.css')}">
<link rel="stylesheet" href="${resource(`${name}.css`)}">
</head>
<body>
<div id="root"></div>
${texts()}<script type="module" nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}

/**
 * The RPC port of a panel's webview. A hidden webview receives no messages, so none are posted; its page asks for a
 * snapshot when it is shown again.
 */
export function webviewPort(panel: Pick<vscode.WebviewPanel, 'webview' | 'visible'>): Port {
	return {
		post(message) {
			if (panel.visible) {
				void panel.webview.postMessage(message);
			}
		},
		onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
	};
}
