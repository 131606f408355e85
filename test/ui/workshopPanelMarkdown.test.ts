import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/vscode/browser.ts';
import { openWebviewPage, type WebviewPage } from '../support/webview/webviewPage.ts';
import type { markdownPage } from '../support/webview/markdownPage.ts';

declare const markdown: typeof markdownPage;

const entry = 'test/support/webview/markdownPage.ts';

/** What is on the page, without the wrapper of what is still growing. */
const shown = (grown: { text: string; step: number }) =>
	new Promise<{ growing: string; finished: string }>((resolve) => {
		const frame = () => new Promise((next) => requestAnimationFrame(next));
		const settle = async () => {
			for (let index = 0; index < 30; index++) {
				await frame();
			}
		};
		const picture = (view: Element) => {
			const copy = view.cloneNode(true) as Element;
			copy.removeAttribute('style');
			copy.querySelector('.markdown-tail')?.remove();
			return copy.innerHTML;
		};
		void (async () => {
			const live = markdown.add();
			for (let end = grown.step; end < grown.text.length; end += grown.step) {
				live.text = grown.text.slice(0, end);
				await frame();
			}
			live.text = grown.text;
			live.final = true;
			const whole = markdown.add();
			whole.text = grown.text;
			whole.final = true;
			await settle();
			resolve({ growing: picture(live), finished: picture(whole) });
			live.remove();
			whole.remove();
		})();
	});

const samples: Record<string, string> = {
	mixed: '# Title\n\nA *few* words, `code` and a [link](https://example.org/a).\n\n- one\n- two\n\n  more of two\n- three\n\n> quoted\nlazy\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```json\n{"a": 1}\n```\n\nend\n',
	setext: 'First\nline\n=====\n\nSecond\n---\ntext\n\n***\n\n1. a\n2. b\n\npara\n* x\n* y',
	references:
		'See [one][1] and [two].\n\n- item with [one][1]\n\nEnd.\n\n[1]: https://example.org/1 "t"\n[two]: https://example.org/2\n',
	fences: '````md\n# Role\n\n```js\nlet a;\n```\n````\n\n~~~\nplain\n~~~\n\n  ```\n  indented\n  ```\n\n- in a list\n\n  ```python\n  x = 1\n  ```\n\n```\nnever closed\n``\nend',
	crlf: 'a\r\nb\r\n\r\n```\r\ncode\r\n```\r\n\r\nend',
};

describe('Markdown in a webview', () => {
	let browser: Browser;
	let opened: WebviewPage;

	before(async () => {
		browser = await launchBrowser();
		opened = await openWebviewPage(browser, { entry });
	});
	after(() => browser.close());

	for (const [name, text] of Object.entries(samples)) {
		it(`looks the same growing and finished: ${name}`, async () => {
			for (const step of name === 'fences' ? [1] : [5]) {
				const { growing, finished } = await opened.page.evaluate(shown, { text, step });
				assert.ok(finished.length > 20);
				assert.equal(growing, finished);
			}
		});
	}

	it('shows emphasis beside the punctuation of Chinese, Japanese and Korean', async () => {
		const text =
			'使用**「要点」**说明。\n\n**结论：**先写结果，再写~~「过程」~~原因。\n\n이것은 **(중요)**입니다.\n\n2 ** 3 and snake_case_name';
		const { finished } = await opened.page.evaluate(shown, { text, step: 7 });
		for (const part of ['<strong>「要点」</strong>说', '<strong>结论：</strong>先', '<strong>(중요)</strong>입']) {
			assert.ok(finished.includes(part), `${part} in ${finished}`);
		}
		assert.ok(finished.includes('2 ** 3 and snake_case_name'), finished);
	});
});
