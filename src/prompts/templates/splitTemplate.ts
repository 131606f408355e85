import * as l10n from '@vscode/l10n';
import { templateLimits } from './template.ts';

/** The two parts of a template file, and where each begins in it. */
export interface TemplateParts {
	frontMatter: string;
	frontMatterStart: number;
	prompt: string;
	promptStart: number;
}

/** `^` and `$` would also take U+2028 and a lone CR for the end of a line. */
const fence = /(?<=\n)---[ \t]*(?=\n|(?![^]))/g;

/** Splits a file at its front matter, or says why it cannot be split. One empty line after the front matter belongs to it. */
export function splitTemplate(text: string): TemplateParts | { problem: string } {
	if (text.length > templateLimits.file) {
		return {
			problem: l10n.t(
				'The file has {0} characters. A template may have at most {1}',
				text.length,
				templateLimits.file,
			),
		};
	}
	const opening = /^\ufeff?---[ \t]*\n/.exec(text)?.[0];
	if (opening === undefined) {
		return {
			problem: l10n.t(
				'This file is not a template. A template begins with a line "---", then "title:" and "kind:", another line "---", and the prompt',
			),
		};
	}
	const closing = new RegExp(fence);
	closing.lastIndex = opening.length;
	const closed = closing.exec(text);
	if (!closed) {
		return { problem: l10n.t('The front matter is not closed. Add a line "---" between it and the prompt') };
	}
	if (closed.index - opening.length > templateLimits.frontMatter) {
		return {
			problem: l10n.t(
				'The front matter has {0} characters. It may have at most {1}',
				closed.index - opening.length,
				templateLimits.frontMatter,
			),
		};
	}
	const end = closed.index + closed[0].length;
	const promptStart = end + (/^\n{0,2}/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
	return {
		frontMatter: text.slice(opening.length, closed.index),
		frontMatterStart: opening.length,
		prompt: text.slice(promptStart),
		promptStart,
	};
}
