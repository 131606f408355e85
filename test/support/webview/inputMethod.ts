import type { CDPSession, Page } from 'playwright-core';

/** An input method that composes in the field with the focus, as the browser itself is told by the system. */
export interface InputMethod {
	/** Shows `text` as being composed; nothing of it is taken yet. */
	compose(text: string): Promise<void>;
	/** Presses a key that belongs to the input method while it composes. */
	press(key: 'Enter' | 'Escape', modifiers?: { control: boolean }): Promise<void>;
	/** Takes `text` into the field, which ends the composition. */
	take(text: string): Promise<void>;
}

export async function inputMethod(page: Page): Promise<InputMethod> {
	const session: CDPSession = await page.context().newCDPSession(page);
	return {
		async compose(text) {
			await session.send('Input.imeSetComposition', {
				text,
				selectionStart: text.length,
				selectionEnd: text.length,
			});
		},
		async press(key, { control } = { control: false }) {
			for (const type of ['rawKeyDown', 'keyUp'] as const) {
				// 229: what systems send for a key that an input method works on.
				await session.send('Input.dispatchKeyEvent', {
					type,
					key,
					code: key,
					windowsVirtualKeyCode: 229,
					modifiers: control ? 2 : 0,
				});
			}
		},
		async take(text) {
			await session.send('Input.insertText', { text });
		},
	};
}
