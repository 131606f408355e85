import { registerHooks } from 'node:module';

/**
 * Lets the trees of the host run outside VS Code, for benchmarks: the module `vscode` then has what their rows are made
 * of. Import what uses it afterwards, by `await import(...)`.
 */
export function fakeTrees(): void {
	const source = `
		export class EventEmitter {
			#listeners = new Set();
			event = (listener) => { this.#listeners.add(listener); return { dispose: () => this.#listeners.delete(listener) }; };
			fire(value) { this.#listeners.forEach((listener) => listener(value)); }
			dispose() {}
		}
		export class TreeItem { constructor(label, state) { this.label = label; this.collapsibleState = state; } }
		export class ThemeIcon { constructor(id) { this.id = id; } }
		export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
		export const Uri = { from: (parts) => parts };
		export const l10n = { t: (text, ...values) => text.replace(/\\{(\\d)\\}/g, (_, index) => String(values[index])) };
		export const commands = { executeCommand: () => undefined };
		export const window = {};
		export const workspace = {};
		export const MarkdownString = undefined;
		export const FileType = {};
		export const FileSystemError = {};`;
	const url = `data:text/javascript,${encodeURIComponent(source)}`;
	registerHooks({
		resolve: (specifier, context, next) =>
			specifier === 'vscode' ? { url, shortCircuit: true } : next(specifier, context),
	});
}
