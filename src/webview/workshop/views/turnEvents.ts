import type { CodeActionEvent } from '../../shared/codeBlock.ts';
import type { LinkEvent } from '../../shared/markdownView.ts';
import type { TextOpenEvent, TurnToggleEvent } from '../../shared/turnView.ts';
import type { Place, WorkshopApp } from '../app.ts';

/** What a turn's events do; `key` is its message or test id, and errors are shown at `place`. */
export function turnEvents(app: WorkshopApp, key: string, place: Place) {
	return {
		toggle: ({ detail }: TurnToggleEvent) => {
			const { open } = app.intent;
			app.setIntent({ open: { ...open, [key]: { ...open[key], [detail.index]: detail.open } } });
		},
		code: ({ detail: { action, text } }: CodeActionEvent) => {
			if (action === 'copy') {
				void app.call(place, 'copy', { text });
			} else {
				const method = action === 'use' ? 'useBlock' : 'compareBlock';
				void app.call(place, method, { messageId: Number(key), text });
			}
		},
		link: ({ detail: { url } }: LinkEvent) => void app.call(place, 'openLink', { url }),
		text: ({ detail: { index } }: TextOpenEvent) => void app.call(place, 'openText', { key, index }),
	};
}
