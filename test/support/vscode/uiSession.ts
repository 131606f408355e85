import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { savePicture } from '../webview/photograph.ts';
import { packagedExtension } from './package.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { startServer, type RunningServer, type ServerOptions } from './server.ts';
import { openWorkbench, type OpenOptions, type Workbench } from './workbench.ts';

/** A server with the packaged extension on fresh data, a copy of the sample workspace, and a browser. */
export interface UiSession {
	server: RunningServer;
	/** A fresh copy of fixtures/sample-workspace. */
	workspace: string;
	browser: Browser;
	/**
	 * Opens the workspace (or what `options` name) in a window of its own, as another person's browser would: nothing
	 * is shared with other windows but the server.
	 */
	openWindow(options?: OpenOptions): Promise<Workbench>;
	/** For `afterEach`: saves a picture of every window when the test failed. */
	photographFailure(test: Mocha.Test | undefined): Promise<void>;
	/** Closes the browser, stops the server and removes everything. */
	close(): Promise<void>;
}

/** Starts what a ui test needs; `options` go to the server. Call `close()` in `after`. */
export async function startUiSession(options: Partial<ServerOptions> = {}): Promise<UiSession> {
	const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-ui-'));
	const workspace = join(folder, 'sample-workspace');
	await copySampleWorkspace(workspace);
	const server = await startServer({
		dataDir: join(folder, 'data'),
		extensionVsix: await packagedExtension(),
		lean: true,
		...options,
	});
	const browser = await launchBrowser();
	const windows: Workbench[] = [];
	return {
		server,
		workspace,
		browser,
		openWindow: async (open = { folder: workspace }) => {
			const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
			context.setDefaultTimeout(60_000);
			const workbench = await openWorkbench(await context.newPage(), server.url, open);
			windows.push(workbench);
			return workbench;
		},
		photographFailure: async (test) => {
			if (test?.isFailed()) {
				const name = test.fullTitle().replace(/[^\w-]+/g, '-');
				const open = windows.filter(({ page }) => !page.isClosed());
				await Promise.all(open.map(({ page }, index) => savePicture(page, `failed-${name}-${index + 1}`)));
			}
		},
		close: async () => {
			await browser.close();
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
