import assert from 'node:assert/strict';
import { checkCitations, linksOf } from '../../../../src/topics/index/citations.ts';
import { uriKey } from '../../../../src/topics/articleUri.ts';
import { processorTime } from '../../../support/processorTime.ts';

describe('linksOf', () => {
	const urls = (markdown: string) => linksOf(markdown).map(({ url }) => url);

	it('of a megabyte of marks are found in bounded time [attack 20]', () => {
		const link = '[a](https://example.com/a)';
		for (const flood of ['![', '[', '*a_', '`a``', '![\n\n', '[a](', '<a', 'http://', '\\', '&a']) {
			const used = processorTime();
			const links = linksOf(`${link} ${flood.repeat(1_000_000 / flood.length)} https://example.com/b`);
			const took = used();
			assert.ok(took < 5000, `${flood}: ${took} ms`);
			assert.ok(
				links.some(({ url }) => url.startsWith('https://example.com/')),
				flood,
			);
		}
	});

	it('of a long answer with very many are all found', () => {
		const lines = Array.from(
			{ length: 5000 },
			(_, index) => `- **Point** with [a source](https://example.com/${index}).`,
		);
		assert.equal(linksOf(lines.join('\n')).length, 5000);
	});

	it('reads inline, reference, bracketed and bare links, each once', () => {
		assert.deepEqual(
			linksOf(
				'[A **b**](https://a.example/1 "t"), [ref][r], <https://c.example>, https://d.example/x. [again](https://a.example/1)\n\n[r]: https://b.example',
			),
			[
				{ url: 'https://a.example/1', label: 'A b' },
				{ url: 'https://b.example', label: 'ref' },
				{ url: 'https://c.example', label: 'https://c.example' },
				{ url: 'https://d.example/x', label: 'https://d.example/x' },
			],
		);
	});

	it('leaves code, anchors and host names without a scheme alone', () => {
		assert.deepEqual(urls('`https://a.example` and node.js\n\n```\nhttps://b.example\n```\n[top](#top)'), []);
	});

	it('sees links of every scheme, in lists and tables', () => {
		assert.deepEqual(
			urls('- [x](javascript:alert(1))\n- [y](article:t/a%20b.md)\n\n| a |\n|---|\n| [z](file:///etc/passwd) |'),
			['javascript:alert(1)', 'article:t/a%20b.md', 'file:///etc/passwd'],
		);
	});

	it('ends on text that is made to be slow [attack 10]', () => {
		const text = '['.repeat(20_000) + '](' + '>'.repeat(10_000) + '*a'.repeat(20_000);
		assert.deepEqual(urls(`${text}\n\n[end](https://a.example)`), ['https://a.example']);
	});
});

describe('checkCitations', () => {
	it('tells returned articles, articles of the topic and anything else apart', () => {
		const topic = new Set(['https://p.example/one', 'https://p.example/two'].map(uriKey));
		const inTopic = (keys: readonly string[]) => keys.filter((key) => topic.has(key));
		const markdown =
			'[1](http://www.p.example/one/?utm_source=x#part) [2](https://p.example/two) [3](https://p.example/three)';
		assert.deepEqual(
			checkCitations(markdown, ['https://p.example/one'], inTopic).map(({ support }) => support),
			['supported', 'not-returned', 'unknown'],
		);
	});
});
