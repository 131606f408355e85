import type { CodeActionEvent } from '../../shared/codeBlock.ts';
import type { LinkEvent } from '../../shared/markdownView.ts';
import type { TextOpenEvent, TurnToggleEvent } from '../../shared/turnView.ts';
import type { Place, WorkshopShown } from '../shown.ts';

/** Handlers for a turn's events. `key` is its message or test id; errors are shown at `place`. */
export function turnEvents(page: WorkshopShown, key: string, place: Place) {
	return {
		toggle: ({ detail }: TurnToggleEvent) => {
			const { open } = page.intent;
			page.setIntent({ open: { ...open, [key]: { ...open[key], [detail.index]: detail.open } } });
		},
		code: ({ detail: { action, text } }: CodeActionEvent) => {
			if (action === 'copy') {
				void page.call(place, 'copy', { text });
			} else {
				const method = action === 'use' ? 'useBlock' : 'compareBlock';
				void page.call(place, method, { messageId: Number(key), text });
			}
		},
		link: ({ detail: { url } }: LinkEvent) => void page.call(place, 'openLink', { url }),
		text: ({ detail: { index } }: TextOpenEvent) => void page.call(place, 'openText', { key, index }),
	};
}
