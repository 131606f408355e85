import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { webviewPolicy } from '../../../src/host/kit/webviewPolicy.ts';
import { projectRoot } from '../vscode/projectRoot.ts';
import { themes, type ThemeName } from './themes.ts';

const origin = 'http://webview.test';

export interface WebviewPage {
	page: Page;
	/** Addresses that the page asked for, other than its own parts: must stay empty. */
	requests: string[];
	/** What the page reported: errors of scripts and violations of its content security policy. */
	problems: string[];
}

export interface WebviewPageOptions {
	/** TypeScript entry, relative to the project. */
	entry: string;
	theme?: ThemeName;
	width?: number;
	height?: number;
	/** Called with each message that the page posts to its host. */
	onMessage?: (message: unknown) => void;
	/** What `getState` of the page answers at first. */
	state?: unknown;
	minify?: boolean;
}

interface Bundle {
	/** Text of each script by its path: the entry and its chunks. */
	scripts: ReadonlyMap<string, string>;
	css: string;
}

const bundles = new Map<string, Promise<Bundle>>();

/** Bundles as the product does; the same entry is built once. */
export function bundleWebview(entry: string, minify = false): Promise<Bundle> {
	const key = `${entry} ${minify}`;
	let bundle = bundles.get(key);
	if (!bundle) {
		bundle = (async () => {
			const result = await build({
				entryPoints: [join(projectRoot, entry)],
				bundle: true,
				format: 'esm',
				splitting: true,
				target: ['es2023', 'chrome140'],
				write: false,
				outdir: projectRoot,
				entryNames: 'page',
				minify,
				legalComments: 'none',
			});
			const named = result.outputFiles.map(({ path, text }) => [`/${basename(path)}`, text] as const);
			return {
				scripts: new Map(named.filter(([path]) => path.endsWith('.js'))),
				css: named.find(([path]) => path.endsWith('.css'))?.[1] ?? '',
			};
		})();
		bundles.set(key, bundle);
	}
	return bundle;
}

/**
 * Opens a webview's page outside VS Code, under the same content security policy and with a host of the test's own.
 * The host's side of the conversation: `onMessage`, and `postToPage`.
 */
export async function openWebviewPage(browser: Browser, options: WebviewPageOptions): Promise<WebviewPage> {
	const { scripts, css } = await bundleWebview(options.entry, options.minify);
	const icons = join(projectRoot, 'node_modules/@vscode/codicons/dist');
	const context = await browser.newContext({
		viewport: { width: options.width ?? 700, height: options.height ?? 800 },
	});
	const page = await context.newPage();
	const requests: string[] = [];
	const problems: string[] = [];
	const parts: Record<string, () => Promise<{ contentType: string; body: string | Buffer }>> = {
		'/': async () => ({ contentType: 'text/html', body: html(options.theme ?? 'dark') }),
		'/theme.css': async () => ({ contentType: 'text/css', body: themeCss(options.theme ?? 'dark') }),
		'/page.css': async () => ({ contentType: 'text/css', body: css }),
		'/codicon.css': async () => ({ contentType: 'text/css', body: await readFile(join(icons, 'codicon.css')) }),
		'/codicon.ttf': async () => ({ contentType: 'font/ttf', body: await readFile(join(icons, 'codicon.ttf')) }),
		'/favicon.ico': async () => ({ contentType: 'image/x-icon', body: '' }),
	};
	await page.route('**/*', async (route) => {
		const url = new URL(route.request().url());
		const own = url.origin === origin;
		const script = own ? scripts.get(url.pathname) : undefined;
		const answer = own ? parts[url.pathname] : undefined;
		if (script !== undefined) {
			await route.fulfill({ contentType: 'text/javascript', body: script });
		} else if (answer) {
			await route.fulfill(await answer());
		} else {
			requests.push(url.href);
			await route.abort();
		}
	});
	page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
	page.on('console', (message) => {
		if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
			problems.push(message.text());
		}
	});
	await page.exposeFunction('hostReceives', (message: unknown) => options.onMessage?.(message));
	await page.addInitScript((state: unknown) => {
		const kept = sessionStorage.getItem('state');
		let now: unknown = kept === null ? state : JSON.parse(kept);
		Object.assign(window, {
			acquireVsCodeApi: () => ({
				postMessage: (message: unknown) => {
					void (window as unknown as { hostReceives(message: unknown): Promise<void> }).hostReceives(message);
				},
				getState: () => now,
				setState: (next: unknown) => {
					now = next;
					sessionStorage.setItem('state', JSON.stringify(next));
				},
			}),
		});
	}, options.state);
	await page.goto(`${origin}/`);
	return { page, requests, problems };
}

/** Posts a message as the host would. */
export async function postToPage(page: Page, message: unknown): Promise<void> {
	await page.evaluate((data) => window.postMessage(data, '*'), message);
}

/** VS Code sets the variables of a theme on the page itself, which its policy lets no other page do. */
function themeCss(theme: ThemeName): string {
	const variables = Object.entries(themes[theme].colours).map(([name, value]) => `--vscode-${name}: ${value};`);
	return `html { ${variables.join(' ')} }`;
}

function html(theme: ThemeName): string {
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Webview</title>
<meta http-equiv="Content-Security-Policy" content="${webviewPolicy(origin, 'test')}">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="/codicon.css"><link rel="stylesheet" href="/page.css"></head>
<body class="vscode-${themes[theme].kind}"><div id="root"></div><script type="module" nonce="test" src="/page.js"></script></body></html>`;
}
