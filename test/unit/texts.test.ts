import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../src');

interface Text {
	at: string;
	/** Undefined where it is no literal, which the bundle of texts cannot collect. */
	text: string | undefined;
	/** Undefined where a list is spread. */
	values: number | undefined;
}

/** Every call of `l10n.t` in a source. */
function textsOf(name: string, source: string): Text[] {
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

/** Where a text cannot be collected, or names other values than it is given. */
function wrongTexts(texts: readonly Text[]): string[] {
	return texts.flatMap(({ at, text, values }) => {
		const named = new Set([...(text ?? '').matchAll(/\{(\d)\}/g)].map(([, index]) => index));
		const fits = values === undefined || named.size === values;
		return text === undefined || !fits ? [`${at} ${text ?? 'is no literal'}`] : [];
	});
}

describe('texts for users', () => {
	it('are literals, and name the values that they are given', () => {
		const texts = globSync('**/*.ts', { cwd: root }).flatMap((name) =>
			textsOf(name, readFileSync(join(root, name), 'utf8')),
		);
		assert.ok(texts.length > 500, `${texts.length} texts were read`);
		assert.deepEqual(wrongTexts(texts), []);
	});

	it('are found wrong where they are', () => {
		const source = "l10n.t('{0} of {1}', 1); vscode.l10n.t(name); l10n.t('{0}', 1);";
		assert.deepEqual(wrongTexts(textsOf('x.ts', source)), ['x.ts:1 {0} of {1}', 'x.ts:1 is no literal']);
	});
});
