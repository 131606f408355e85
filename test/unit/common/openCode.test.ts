import assert from 'node:assert/strict';
import { endsInCode } from '../../../src/common/openCode.ts';

describe('endsInCode', () => {
	const table: [text: string, open: boolean][] = [
		['', false],
		['plain', false],
		['```', true],
		['```js\ncode', true],
		['```js\ncode\n```', false],
		['```js\ncode\n```\nmore', false],
		['```js\r\ncode', true],
		['```js\r\ncode\r\n```\r\n', false],
		['````\n```\ncode', true],
		['````\n```\n````\n', false],
		['~~~\n```\n~~~\n', false],
		['~~~\ncode\n```\n', true],
		['```\ncode\n``` js\n', true],
		['  1. so\n     ```\n     code\n', true],
		['> ```\n> code\n', true],
		['```inline``` and on\n', false],
		['a `b', true],
		['a `b` c', false],
		['a ``b` c', true],
		['a ``b` c`` d', false],
		['a `b\nnext line', false],
	];
	for (const [text, open] of table) {
		it(`${JSON.stringify(text)}: ${open ? 'open' : 'closed'}`, () => assert.equal(endsInCode(text), open));
	}

	it('takes no longer than the text is', () => {
		for (const hostile of ['`', '```\n', '` ', '> ', '~~~~ ']) {
			endsInCode(hostile.repeat(200_000));
		}
	});
});
