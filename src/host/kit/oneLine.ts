import { visibleText } from '../../common/visibleText.ts';

/** Foreign words as one line, hidden characters shown. */
export function oneLine(text: string): string {
	return visibleText(text).replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}
