import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import ts from 'typescript';

/** A call of `l10n.t`. */
export interface Text {
	at: string;
	/** Undefined where it is no literal, which the bundle of texts cannot collect. */
	text: string | undefined;
	/** Undefined where a list is spread. */
	values: number | undefined;
}

/** Every call of `l10n.t` in a source. */
export function textsOf(name: string, source: string): Text[] {
	const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
	const texts: Text[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
			const [text, ...values] = node.arguments;
			const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			texts.push({
				at: `${name}:${line}`,
				text: text && ts.isStringLiteralLike(text) ? text.text : undefined,
				values: values.some(ts.isSpreadElement) ? undefined : values.length,
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return texts;
}

/** Every call of `l10n.t` below a folder. */
export function textsBelow(folder: string): Text[] {
	return globSync('**/*.ts', { cwd: folder }).flatMap((name) =>
		textsOf(name, readFileSync(join(folder, name), 'utf8')),
	);
}

/** Puts every text of `l10n.t` in marks, so that a text without them is known not to come from the bundle. */
export function markTexts(): void {
	l10n.config({ contents: new Proxy({}, { get: (_, text) => `«${String(text)}»` }) });
}

/** Puts the English texts back. */
export function unmarkTexts(): void {
	l10n.config({ contents: {} });
}
