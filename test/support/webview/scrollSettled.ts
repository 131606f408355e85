import type { Page } from 'playwright-core';

/** Waits until what scrolls has had the same elements, height and place for ten frames. */
export async function scrollSettled(page: Page, scroller = '.scroll'): Promise<void> {
	await page.locator(scroller).evaluate(async (node) => {
		const picture = () => `${node.scrollTop} ${node.scrollHeight} ${node.querySelectorAll('*').length}`;
		for (let still = 0, last = ''; still < 10;) {
			await new Promise(requestAnimationFrame);
			const now = picture();
			still = now === last ? still + 1 : 0;
			last = now;
		}
	});
}
