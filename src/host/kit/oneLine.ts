import { visibleText } from '../../common/visibleText.ts';

/** Untrusted text on one line, with hidden characters visible. */
export function oneLine(text: string): string {
	return visibleText(text).replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}
