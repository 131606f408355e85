import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { controlCharacters } from '../common/topicName.ts';

/** Lengths are UTF-16 code units. */
export const filingLimits = { tags: 20, tagLength: 40, folderDepth: 8, folderNameLength: 60 } as const;

/** What makes two spellings the same tag. */
export function tagKey(tag: string): string {
	return tag.toLowerCase();
}

/** The tags as they are stored: without extra spaces, each spelled once. Throws `validation` with the field `tags`. */
export function checkTags(given: readonly string[]): string[] {
	const tags = merged(given.map(checkTag));
	if (tags.length > filingLimits.tags) {
		throw invalid(
			'tags',
			l10n.t('A draft or prompt can have at most {0} tags, and this has {1}', filingLimits.tags, tags.length),
		);
	}
	return tags;
}

/** One tag as it is stored. */
export function checkTag(given: string): string {
	checkLine('tags', l10n.t('tag'), given);
	const tag = tidy(given);
	checkLength('tags', l10n.t('tag'), tag, filingLimits.tagLength);
	if (tag.includes(',')) {
		throw invalid('tags', l10n.t('A tag cannot contain a comma, and this one is "{0}"', tag));
	}
	return tag;
}

/** The folder as it is stored: names from the top, joined by `/`. Empty for the top. Throws `validation` with the field `folder`. */
export function checkFolder(given: string): string {
	if (given.trim() === '') {
		return '';
	}
	checkLine('folder', l10n.t('folder'), given);
	const names = given.split('/').map(tidy);
	if (names.length > filingLimits.folderDepth) {
		throw invalid(
			'folder',
			l10n.t('Folders can be nested {0} deep, and this one is {1} deep', filingLimits.folderDepth, names.length),
		);
	}
	if (names.includes('')) {
		throw invalid('folder', l10n.t('The folder "{0}" has a part without a name', shortened(given)));
	}
	for (const name of names) {
		checkLength('folder', l10n.t('folder name'), name, filingLimits.folderNameLength);
	}
	return names.join('/');
}

/** The tags of a record that anyone may have written; what is no tag is left out. */
export function readTags(stored: readonly string[]): string[] {
	return merged(stored.flatMap((tag) => accepted(checkTag, tag) ?? [])).slice(0, filingLimits.tags);
}

/** The folder of a record that anyone may have written; the top if it is no folder. */
export function readFolder(stored: string): string {
	return accepted(checkFolder, stored) ?? '';
}

/** The folder that a folder is in; empty for the top. */
export function parentFolder(folder: string): string {
	return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

/** The last name of a folder. */
export function folderName(folder: string): string {
	return folder.slice(folder.lastIndexOf('/') + 1);
}

/** Where a folder is after `from` was renamed or moved to `to`; undefined if it is not `from` or in it. An empty `to` moves what is in it to the top. */
export function movedFolder(folder: string, from: string, to: string): string | undefined {
	if (folder === from) {
		return to;
	}
	if (!folder.startsWith(`${from}/`)) {
		return undefined;
	}
	const rest = folder.slice(from.length + 1);
	return to === '' ? rest : `${to}/${rest}`;
}

function accepted(check: (value: string) => string, value: string): string | undefined {
	try {
		return check(value);
	} catch {
		return undefined;
	}
}

function merged(tags: readonly string[]): string[] {
	const keys = new Set<string>();
	return tags.filter((tag) => keys.size < keys.add(tagKey(tag)).size);
}

function tidy(text: string): string {
	return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function checkLine(field: string, label: string, text: string): void {
	if (controlCharacters.test(text.replaceAll('\t', ' '))) {
		throw invalid(field, l10n.t('A {0} must be on one line, and has line breaks or control characters', label));
	}
}

function checkLength(field: string, label: string, text: string, maximum: number): void {
	if (text.length < 1 || text.length > maximum) {
		throw invalid(
			field,
			l10n.t(
				'A {0} must have 1 to {1} characters, and "{2}" has {3}',
				label,
				maximum,
				shortened(text),
				text.length,
			),
		);
	}
}

function shortened(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function invalid(field: string, message: string): AppError {
	return new AppError('validation', message, { info: { field } });
}
