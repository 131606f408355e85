import { cutText } from '../../common/cutText.ts';
import { visibleText } from '../../common/visibleText.ts';

export const suiteEnding = '.prompttest.yaml';

const maxName = 80;

/**
 * What the document of a suite is called in tabs and lists: the name of its draft or prompt, which may be any text. Hidden
 * characters are shown by their names, and what would lead to another folder becomes a hyphen.
 */
export function suiteFileName(name: string): string {
	const line = visibleText(cutText(name, maxName).replace(/\s+/g, ' '));
	const safe = cutText(line.replace(/[\\/]+/g, '-'), maxName).replace(/^[\s.]+|[\s.]+$/g, '');
	return `${safe || 'suite'}${suiteEnding}`;
}
