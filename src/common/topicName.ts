import * as l10n from '@vscode/l10n';
import { AppError } from './errors.ts';
import { generalTopic, workshopTopic } from './model.ts';

const longest = 100;

/** The topic's name without spaces around it. Throws `validation` where it is empty, too long, of several lines, or the product's own. */
export function checkTopicName(name: unknown): string {
	if (typeof name !== 'string') {
		throw invalid(l10n.t('The topic name must be text, and is {0}', name === null ? 'null' : `a ${typeof name}`));
	}
	const trimmed = name.trim();
	if (trimmed === '' || trimmed.length > longest) {
		throw invalid(l10n.t('The topic name must have 1 to {0} characters, and has {1}', longest, trimmed.length));
	}
	if (controlCharacters.test(trimmed)) {
		throw invalid(l10n.t('The topic name must be on one line, and has control characters'));
	}
	if (trimmed.toLowerCase() === generalTopic.toLowerCase()) {
		throw invalid(l10n.t('"{0}" is the topic without articles. Choose another name', generalTopic));
	}
	if (trimmed === workshopTopic) {
		throw invalid(l10n.t('"{0}" is reserved for the design chats. Choose another name', trimmed));
	}
	return trimmed;
}

/** What no name may hold: control characters, line breaks among them. */
export const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

function invalid(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'name' } });
}
