import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Port } from '../../common/rpc.ts';
import { webviewPolicy } from './webviewPolicy.ts';

/** Name of a webview: its script and style are `dist/webview/<name>.js` and `.css`. */
export type WebviewName = 'workshop' | 'lab';

function resourceRoot(extensionUri: vscode.Uri): vscode.Uri {
	return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Options of a webview that may load the bundle's folder and nothing else, and cannot run commands by link. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
	return { enableScripts: true, enableCommandUris: false, localResourceRoots: [resourceRoot(extensionUri)] };
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The texts of the display language, as data that the page reads; in English there are none. */
function texts(): string {
	const { bundle } = vscode.l10n;
	return bundle
		? `<script type="application/json" id="texts">${JSON.stringify(bundle).replaceAll('<', '\\u003c')}</script>\n`
		: '';
}

/** The page of a webview: one script, its styles, and a policy that lets nothing else in or out. */
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
${texts()}<script nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}

/**
 * The rpc port over a panel's webview. A hidden webview receives nothing, so nothing is posted to it: its page asks for
 * a snapshot when it is shown again.
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
