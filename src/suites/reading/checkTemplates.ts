import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import type { Located, Path } from './located.ts';

/** Reports tags that cannot be rendered, in texts at any depth. Which variables there are is known when a case runs. */
export function checkTemplates(value: unknown, path: Path, located: Located): void {
	if (typeof value === 'string') {
		if (!value.includes('{')) {
			return;
		}
		for (const { start, message } of parseTemplate(value).problems) {
			located.report({ path, offset: start }, message);
		}
	} else if (Array.isArray(value)) {
		for (const [index, item] of value.entries()) {
			checkTemplates(item, [...path, index], located);
		}
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, item] of Object.entries(value)) {
			checkTemplates(item, [...path, key], located);
		}
	}
}

/** Whether a text at any depth has a tag, so that what it becomes is not known yet. */
export function hasTags(value: unknown): boolean {
	if (typeof value === 'string') {
		return value.includes('{{') && parseTemplate(value).tags.length > 0;
	}
	return typeof value === 'object' && value !== null && Object.values(value).some(hasTags);
}
