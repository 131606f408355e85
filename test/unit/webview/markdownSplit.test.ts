import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fuzz, holds } from '../../support/fuzz.ts';
import { fencedBlocks } from '../../../src/common/fencedBlocks.ts';
import { FenceEnd } from '../../../src/common/fence.ts';
import { createMarkdown } from '../../../src/webview/shared/markdownParser.ts';
import { longestBlock, nextStretch, readFence, splitBlocks } from '../../../src/webview/shared/markdownSplit.ts';

const markdown = createMarkdown();
function html(text: string): string {
	const env = { references: {} };
	const tokens = markdown.parse(text, env);
	// Code stands apart from the HTML; here it is put back.
	return markdown.renderer
		.render(tokens, markdown.options, env)
		.replace(/data-code="(\d+)"/g, (_whole, index: string) => JSON.stringify(tokens[Number(index)]?.content));
}

/** What is frozen while a text arrives in one step after another, and what is left. */
function grow(text: string, cuts: number[]): { frozen: string[]; rest: string } {
	const frozen: string[] = [];
	let start = 0;
	for (const end of [...cuts, text.length].sort((a, b) => a - b)) {
		for (let again = true; again;) {
			const split = splitBlocks(markdown, text.slice(start, end), 'unknown', {});
			if (split.frozenLength > 0) {
				frozen.push(text.slice(start, start + split.frozenLength));
			}
			start += split.frozenLength;
			again = split.frozenLength > 0 && split.fence === undefined;
		}
	}
	return { frozen, rest: text.slice(start) };
}

const line = fc.constantFrom(
	...[
		'',
		'',
		'text',
		'more *text*',
		'# head',
		'---',
		'===',
		'- item',
		'  inside',
		'1. one',
		'> quote',
		'    code',
		'***',
		'| a | b |',
	],
	...['|---|---|', '| 1 | 2 |', '\ttab', '`code`', '* * *', '-', '+ x', '<b>', '[a](https://a.example)'],
);

/** The first stretch of a text that is there as a whole. */
function first(text: string): ReturnType<typeof nextStretch> {
	return nextStretch(markdown, text, { from: 0, limit: text.length, complete: true, env: {} });
}

describe('splitBlocks', () => {
	it('freezes a block when the first line of the next one is complete, not before', () => {
		const of = (text: string) => splitBlocks(markdown, text, 'unknown', {}).frozenLength;
		assert.equal(of('one\n\ntwo'), 0);
		assert.equal(of('one\n\ntwo\n'), 5);
		// A paragraph and three hyphens are one heading once the line ends.
		assert.equal(of('one\n---'), 0);
		assert.equal(of('one\n---\n'), 0);
	});

	it('freezes nothing that later text changes', () => {
		holds(
			fc.property(
				fc.array(line, { minLength: 1, maxLength: 14 }),
				fc.array(fc.nat(120), { maxLength: 10 }),
				(lines, cuts) => {
					const text = lines.join('\n');
					const { frozen, rest } = grow(
						text,
						cuts.filter((cut) => cut < text.length),
					);
					assert.equal(frozen.join('') + rest, text);
					assert.equal(frozen.map(html).join('') + html(rest), html(text));
				},
			),
			{ numRuns: 300 },
		);
	});

	it('reads a fence line by line once it has begun', () => {
		const { fence, frozenLength } = splitBlocks(markdown, 'text\n\n````md x\n```\n', 'unknown', {});
		assert.equal(frozenLength, 6);
		assert.deepEqual(fence, { marker: '````', language: 'md', contentStart: 15 });
	});

	it('cuts a list that is too long before an item, and any text in the end', () => {
		const list = '- an item\n'.repeat(4000);
		const split = first(list);
		assert.ok(split.frozenLength > 0 && split.frozenLength <= longestBlock);
		assert.ok(list.slice(split.frozenLength).startsWith('- an item'));
		assert.equal(first('x'.repeat(100_000)).frozenLength, longestBlock);
	});

	it('keeps a block whole up to that length, and takes little of short ones at a time', () => {
		const list = '- an item\n'.repeat(1500);
		assert.equal(first(`${list}\n# Next\n${'word '.repeat(9000)}`).frozenLength, list.length + 1);
		assert.ok(first('word\n\n'.repeat(9000)).frozenLength < longestBlock / 2);
	});

	it('does not cut between the halves of a surrogate pair', () => {
		const text = `x${'😀'.repeat(20_000)}`;
		assert.doesNotThrow(() => encodeURIComponent(text.slice(0, first(text).frozenLength)));
	});

	it('takes hostile nesting to its end [attack 6]', () => {
		for (const hostile of [
			'>'.repeat(10_000),
			'- '.repeat(10_000),
			'['.repeat(10_000),
			'*a '.repeat(5_000),
			'`'.repeat(10_001),
		]) {
			assert.equal(splitBlocks(markdown, hostile, 'nothing', {}).frozenLength, hostile.length);
		}
	});
});

describe('readFence', () => {
	const read = (content: string, complete = false, marker = '```') =>
		readFence(content, { end: new FenceEnd(marker), next: 0 }, content.length, complete);

	it('knows the closing line by marker, length and what follows', () => {
		assert.equal(read('a\n```\nb'), 2);
		assert.equal(read('a\n   `````  \n'), 2);
		for (const open of [
			'a\n``\n',
			'a\n``` js\n',
			'a\n    ```\n',
			'a\n\t```\n',
			'a\n~~~\n',
			'a\n```js\n```\n',
			'',
		]) {
			assert.equal(read(open, true), undefined, JSON.stringify(open));
		}
	});

	it('waits for the end of a line, unless nothing follows', () => {
		assert.equal(read('a\n```'), undefined);
		assert.equal(read('a\n```', true), 2);
	});

	it('goes on where it stopped', () => {
		const text = 'a\n```js\nb\n```\nc\n```\nd';
		for (let cut = 0; cut <= text.length; cut++) {
			const fence = { end: new FenceEnd('```'), next: 0 };
			const close = readFence(text, fence, cut, false) ?? readFence(text, fence, text.length, true);
			assert.deepEqual([close, fence.next], [text.indexOf('```\nd'), text.indexOf('d')], String(cut));
		}
	});
});

describe('createMarkdown', () => {
	it('makes links of https, mailto and articles only [attack 7]', () => {
		for (const url of ['https://a.example/x', 'mailto:a@b.example', 'article:t/x.md']) {
			assert.match(html(`[x](${url})`), /<a role="link" tabindex="0" data-url="/);
		}
		for (const url of [
			'command:x',
			'vscode://x',
			'file:///x',
			'smb://x',
			'data:text/html,x',
			'javascript:x',
			'//x.example',
			'x.md',
			'JaVaScRiPt:x',
		]) {
			assert.doesNotMatch(html(`[x](${url})`), /<a/, url);
		}
	});

	it('shows pictures and HTML as text [attack 4]', () => {
		const out = html('![alt](https://c.example/?d=1) <img src=x> <svg/onload=x>\n\n<iframe src=x></iframe>');
		assert.doesNotMatch(out, /<(img|svg|iframe)/);
		assert.match(out, /!\[alt\]\(https:\/\/c\.example\/\?d=1\)/);
	});
});

/** The code blocks that the page shows of a finished text, read stretch by stretch as it does. */
function shownBlocks(text: string): string[] {
	const blocks: string[] = [];
	const limit = text.length;
	for (let from = 0; from < limit;) {
		const { frozen, frozenLength, fence } = nextStretch(markdown, text, { from, limit, complete: true, env: {} });
		blocks.push(...frozen.filter(({ type }) => type === 'fence').map(({ content }) => content));
		from += frozenLength;
		if (fence) {
			const start = from + fence.contentStart - frozenLength;
			const reading = { end: new FenceEnd(fence.marker), next: start };
			blocks.push(text.slice(start, readFence(text, reading, limit, true) ?? limit));
			from = reading.next;
		}
	}
	return blocks.map((block) => block.replace(/\n$/, ''));
}

describe('the code blocks that the page shows', () => {
	const pieces = fc.constantFrom(
		...['```', '```json', '````md', '~~~', '~~~~ x', '   ```', '``` x', '<prompt>', '</prompt>', '<!--', '-->'],
		...[
			'',
			'text',
			'# head',
			'- item',
			'  ```',
			'  inside',
			'> ```',
			'> quote',
			'| a | b |',
			'|---|---|',
			'    code',
		],
	);
	fuzz(
		'are those that can be extracted',
		fc.property(fc.array(pieces, { maxLength: 24 }), (lines) => {
			const text = lines.join('\n');
			assert.deepEqual(
				shownBlocks(text),
				fencedBlocks(text).map(({ content }) => content),
			);
		}),
	);
});
