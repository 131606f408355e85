import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsBelow, textsOf, type Text } from '../support/texts.ts';

const root = join(import.meta.dirname, '../..');

const keyForm = /%([\w.-]+)%/g;

/** Where a text cannot be collected, or names other values than it is given. */
function wrongTexts(texts: readonly Text[]): string[] {
	return texts.flatMap(({ at, text, values }) => {
		const named = new Set([...(text ?? '').matchAll(/\{(\d)\}/g)].map(([, index]) => index));
		const fits = values === undefined || named.size === values;
		return text === undefined || !fits ? [`${at} ${text ?? 'is no literal'}`] : [];
	});
}

describe('texts for users', () => {
	it('are literals, and name the values that they are given', function () {
		// Reads every source file, which takes longer on a busy machine.
		this.timeout(20_000);
		const texts = textsBelow(join(root, 'src'));
		assert.ok(texts.length > 500, `${texts.length} texts were read`);
		assert.deepEqual(wrongTexts(texts), []);
	});

	it('are found wrong where they are', () => {
		const source = "l10n.t('{0} of {1}', 1); vscode.l10n.t(name); l10n.t('{0}', 1);";
		assert.deepEqual(wrongTexts(textsOf('x.ts', source)), ['x.ts:1 {0} of {1}', 'x.ts:1 is no literal']);
	});

	it('of the manifest are the texts beside it, none missing and none left over', () => {
		const manifest = readFileSync(join(root, 'package.json'), 'utf8');
		const wanted = new Set([...manifest.matchAll(keyForm)].map(([, key]) => key));
		const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
		assert.ok(wanted.size > 100, `${wanted.size} texts are named`);
		assert.deepEqual([...wanted].sort(), Object.keys(texts).sort());
		assert.deepEqual(
			Object.values(texts).filter((text) => text.trim() === ''),
			[],
		);
	});
});
