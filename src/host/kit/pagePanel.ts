import * as vscode from 'vscode';
import type { AppError } from '../../common/errors.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { createRpcServer, type Protocol, type RpcHandlers, type RpcServer } from '../../common/rpc.ts';
import { visibleText } from '../../common/visibleText.ts';
import { webviewHtml, webviewOptions, webviewPort, type WebviewName } from './webviewHost.ts';

/** `show` makes the page show what a command names. */
type PanelProtocol = Protocol & { events: { show: unknown } };

/** A panel with its page. Handles the page's requests, and defers what to show until the page is ready. */
export class PagePanel<P extends PanelProtocol> implements Disposable {
	readonly panel: vscode.WebviewPanel;
	readonly server: RpcServer<P>;
	readonly #disposables = new DisposableStore();
	/** Whether the page has its snapshot. Before that, and while it is hidden, it receives nothing. */
	#listening = false;
	#waiting: P['events']['show'] | null = null;

	/** `onRejected` receives failed requests, except cancelled ones. `beforeAnswer`: see `createRpcServer`. */
	constructor(
		panel: vscode.WebviewPanel,
		handlers: RpcHandlers<P>,
		onRejected: (method: string, error: AppError) => void,
		beforeAnswer?: () => void,
	) {
		this.panel = panel;
		this.server = this.#disposables.add(createRpcServer<P>(webviewPort(panel), handlers, onRejected, beforeAnswer));
		this.#disposables.add(
			panel.onDidChangeViewState(() => {
				// VS Code discards a hidden page; the new one asks for its snapshot.
				this.#listening &&= panel.visible;
			}),
		);
	}

	/** Loads the page, which asks for its snapshot when it runs. */
	load(extensionUri: vscode.Uri, name: WebviewName, title: string): void {
		const { panel } = this;
		this.setTitle(title);
		panel.iconPath = new vscode.ThemeIcon('beaker');
		panel.webview.options = webviewOptions(extensionUri);
		panel.webview.html = webviewHtml(panel.webview, extensionUri, name, panel.title);
	}

	setTitle(title: string): void {
		this.panel.title = visibleText(title);
	}

	/** Shows something on the page, now or with its next snapshot. */
	show(show: P['events']['show']): void {
		if (this.#listening) {
			this.server.send('show', show);
		} else {
			this.#waiting = show;
		}
	}

	/** Called when the page takes its snapshot. Returns what is waiting to be shown. */
	begin(): P['events']['show'] | null {
		this.#listening = true;
		const show = this.#waiting;
		this.#waiting = null;
		return show;
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
