import { parseTemplate } from './parseTemplate.ts';
import { nameOf } from './variableNames.ts';

/** Replaces the text between two offsets. */
export interface TemplateEdit {
	start: number;
	end: number;
	text: string;
}

/** The edits that rename a variable in all its tags, also at the start of dotted paths and in sections and their ends. */
export function renameVariable(text: string, from: string, to: string): TemplateEdit[] {
	return parseTemplate(text).tags.flatMap((tag) => {
		if (nameOf(tag) !== from) {
			return [];
		}
		const written = text.slice(tag.nameStart, tag.nameEnd);
		const dot = written.indexOf('.');
		return [{ start: tag.nameStart, end: dot < 0 ? tag.nameEnd : tag.nameStart + dot, text: to }];
	});
}
