import { AppError } from './errors.ts';
import { generalTopic, workshopTopic } from './model.ts';

const longest = 100;

/** The topic's name without spaces around it. Throws `validation` where it is empty, too long, of several lines, or the product's own. */
export function checkTopicName(name: unknown): string {
	if (typeof name !== 'string') {
		throw invalid(`The topic name must be text, and is ${name === null ? 'null' : `a ${typeof name}`}`);
	}
	const trimmed = name.trim();
	if (trimmed === '' || trimmed.length > longest) {
		throw invalid(`The topic name must have 1 to ${longest} characters, and has ${trimmed.length}`);
	}
	if (controlCharacters.test(trimmed)) {
		throw invalid('The topic name must be on one line, and has control characters');
	}
	if (trimmed.toLowerCase() === generalTopic.toLowerCase()) {
		throw invalid(`"${generalTopic}" is the topic without articles. Choose another name`);
	}
	if (trimmed === workshopTopic) {
		throw invalid(`"${trimmed}" stands for the design chats. Choose another name`);
	}
	return trimmed;
}

/** What no name may hold: control characters, line breaks among them. */
export const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

function invalid(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'name' } });
}
