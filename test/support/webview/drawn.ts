import type { Page } from 'playwright-core';

/** Waits until a page has drawn twice: what an event caused is on the screen then, also where it followed one frame later. */
export async function drawn(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
