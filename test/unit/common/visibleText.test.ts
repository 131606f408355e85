import assert from 'node:assert/strict';
import {
	hiddenCharacters,
	visibleLine,
	visibleText,
	withoutIcons,
	withoutLinks,
} from '../../../src/common/visibleText.ts';
import { announcedRandom } from '../../support/random.ts';

/** What VS Code 1.139 and 1.112 make links of (`parseLinkedText`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('text without links [attack 16]', () => {
	for (const text of [
		'[Renew it here](command:workbench.action.terminal.sendSequence?%7B%7D)',
		'[a](https://example.com/x "title") and [b](HTTP://example.com)',
		'[open](file:///etc/passwd)',
		'\\[a\\](command:x)',
		'[a][b](command:x)](command:y)',
		'[a\u200b](command:x)',
	]) {
		it(`${text.slice(0, 40)} has none`, () => {
			assert.match(text, link);
			assert.doesNotMatch(withoutLinks(text), link);
		});
	}

	it('has none when a hidden character is shown or lines are joined, as VS Code does', () => {
		const hostile = ['\u202e', '\u200b', '\n', '\r\n', '\0', '', ' '].map((between) => `[a]${between}(command:x)`);
		for (const text of ['\u202e(command:x)', '[\u202e](command:x)', ...hostile]) {
			assert.doesNotMatch(
				withoutLinks(text)
					.replace(/\r\n|\n|\r/g, ' ')
					.trim(),
				link,
			);
		}
	});

	it('has none in any mixture of the pieces of a link', () => {
		const pieces = [
			'[',
			']',
			'](',
			'(',
			')',
			'a',
			'command:x',
			'https://e',
			'file:///a',
			' ',
			'\u202e',
			'\n',
			'"t"',
		];
		const next = announcedRandom();
		let links = 0;
		for (let round = 0; round < 50_000; round++) {
			const text = Array.from({ length: 12 }, () => pieces[Math.floor(next() * pieces.length)]).join('');
			links += text.match(link) ? 1 : 0;
			assert.doesNotMatch(withoutLinks(text), link, JSON.stringify(text));
		}
		assert.ok(links > 100, 'the mixtures hold links');
	});

	it('stays readable, and ordinary text stays as it is', () => {
		assert.equal(withoutLinks('See [the guide](https://e.example)'), 'See [the guide] (https://e.example)');
		const ordinary = 'Größe (10 %) [sic], a[0](x) = “ok” — 中文，می‌خواهم, 👩‍💻 ❤️ 1️⃣\n';
		assert.equal(withoutLinks(ordinary.replace('[0](', '[0] (')), ordinary.replace('[0](', '[0] ('));
	});
});

describe('visible text', () => {
	for (const [text, shown] of [
		['invoice\u202efdp.exe', 'invoice<U+202E>fdp.exe'],
		['a\u2066b\u2069', 'a<U+2066>b<U+2069>'],
		['key\u200b\u2060\ufeff', 'key<U+200B><U+2060><U+FEFF>'],
		['a\u061cb\u00adc', 'a<U+061C>b<U+00AD>c'],
		['tag\u{e0041}', 'tag<U+E0041>'],
		['half \ud83d', 'half <U+D83D>'],
		['\u001b[31mred\u0007', '<U+001B>[31mred<U+0007>'],
		['bits a\ufe00\ufe01\u{e0100}', 'bits a\ufe00<U+FE01><U+E0100>'],
		['line\u2028line\u0085', 'line<U+2028>line<U+0085>'],
	] as const) {
		it(`shows ${shown}`, () => {
			assert.equal(visibleText(text), shown);
			assert.equal(visibleText(shown), shown);
		});
	}

	it('leaves joiners inside words and emoji, tabs and lines', () => {
		const text = 'می‌خواهم 👩‍💻 ❤️ 葛\u{e0100}\tx\r\ny';
		assert.equal(visibleText(text), text);
		assert.deepEqual(hiddenCharacters(text), []);
	});
});

describe('a visible line [attack 25]', () => {
	it('is one, and bounded, whatever is given', () => {
		assert.equal(visibleLine('a\r\nb\u202e', 100), 'a\\r\\nb<U+202E>');
		const line = visibleLine('\u202e'.repeat(5_000_000), 2000);
		assert.equal(line.split('… (')[0]?.length, 2000);
		assert.match(line, /… \(5,000,000 characters\)$/);
	});
});

describe('a text without icons [attack 16]', () => {
	it('escapes what VS Code would draw as one', () => {
		assert.equal(withoutIcons('$(trash) Delete $(loading~spin)'), '\\$(trash) Delete \\$(loading~spin)');
		assert.equal(withoutIcons('costs $(5 and $x(y)'), 'costs $(5 and $x(y)');
	});
});
