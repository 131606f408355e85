import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../vscode/projectRoot.ts';

/** Leaves a picture of a page in `out/screenshots`, to be looked at: what fades or moves has come to its end. */
export async function photograph(page: Page, name: string): Promise<void> {
	const folder = join(projectRoot, 'out', 'screenshots');
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name.replace(/[^\w]+/g, '-')}.png`), animations: 'disabled' });
}
