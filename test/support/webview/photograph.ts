import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../vscode/projectRoot.ts';

/** Whether tests leave pictures of what they pass through: SCREENSHOTS=1. They take a fifth of some files' time. */
export const takesPictures = process.env['SCREENSHOTS'] === '1';

/** Leaves a picture of a page in `out/screenshots` where pictures are wanted. */
export async function photograph(page: Page, name: string): Promise<void> {
	if (takesPictures) {
		await savePicture(page, name);
	}
}

/** Saves a picture of a page as out/screenshots/<name>.png: what fades or moves has come to its end. */
export async function savePicture(page: Page, name: string): Promise<void> {
	const folder = join(projectRoot, 'out', 'screenshots');
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name.replace(/[^\w]+/g, '-')}.png`), animations: 'disabled' });
}
