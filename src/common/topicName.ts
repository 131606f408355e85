import * as l10n from '@vscode/l10n';
import { AppError } from './errors.ts';
import { generalTopic, workshopTopic } from './model.ts';
import { typeName } from './typeName.ts';

const longest = 100;

/** Trims a topic name. Throws `validation` if it is empty, too long, has several lines or is reserved. */
export function checkTopicName(name: unknown): string {
	if (typeof name !== 'string') {
		throw invalid(l10n.t('The topic name must be text, and is {0}', typeName(name)));
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

/** Not allowed in any name: control characters, including line breaks. */
export const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

function invalid(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'name' } });
}
