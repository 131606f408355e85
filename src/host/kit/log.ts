import * as vscode from 'vscode';
import { visibleLine } from '../../common/visibleText.ts';

/** Maximum characters per entry. */
const limit = 2000;

/**
 * The product's log. It also receives text from pages, servers and files, so each entry is one line of limited length,
 * with control characters, hidden characters and line breaks made visible.
 */
export function createLog(name: string): vscode.LogOutputChannel {
	const channel = vscode.window.createOutputChannel(name, { log: true });
	const line = (parts: unknown[]) => visibleLine(parts.map(textOf).join(' '), limit);
	return {
		name,
		onDidChangeLogLevel: channel.onDidChangeLogLevel,
		get logLevel() {
			return channel.logLevel;
		},
		trace: (...parts) => channel.trace(line(parts)),
		debug: (...parts) => channel.debug(line(parts)),
		info: (...parts) => channel.info(line(parts)),
		warn: (...parts) => channel.warn(line(parts)),
		error: (...parts) => channel.error(line(parts)),
		append: (text) => channel.append(line([text])),
		appendLine: (text) => channel.appendLine(line([text])),
		replace: (text) => channel.replace(line([text])),
		clear: () => channel.clear(),
		show: () => channel.show(),
		hide: () => channel.hide(),
		dispose: () => channel.dispose(),
	};
}

function textOf(part: unknown): string {
	return part instanceof Error ? (part.stack ?? part.message) : String(part);
}
