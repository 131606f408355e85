import * as l10n from '@vscode/l10n';
import { cutText } from '../common/cutText.ts';
import { AppError } from '../common/errors.ts';
import {
	type DraftStatus,
	type PromptKind,
	type ThinkingLevel,
	draftStatuses,
	promptKinds,
	thinkingLevels,
} from '../common/model.ts';
import { isModelName } from '../common/modelName.ts';
import { controlCharacters } from '../common/topicName.ts';
import { typeName } from '../common/typeName.ts';
import { contentLimits } from '../prompts/contentLimits.ts';

/** All lengths are UTF-16 code units, like `length` in JavaScript and the editor's counts. */
export const limits = {
	draftName: { minimum: 3, maximum: 100 },
	description: { minimum: 0, maximum: 500 },
	notes: { minimum: 0, maximum: 500 },
	testQuery: { minimum: 10, maximum: 1000 },
	/** Distinct articles in one test. */
	articles: { minimum: 5, maximum: 200, default: 50 },
	promptName: { minimum: 3, maximum: 50 },
	promptTitle: { minimum: 5, maximum: 100 },
	versionLabel: { minimum: 1, maximum: 60 },
	rating: { minimum: 1, maximum: 5 },
	preview: 500,
} as const;

const promptNameForm = /^[a-z0-9_]+$/;

/** All checks throw an `AppError('validation')` that names the field, its rule and the actual length or form. */
export function checkDraftName(value: unknown): asserts value is string {
	checkText('draftName', l10n.t('draft name'), value, limits.draftName);
	checkOneLine('draftName', l10n.t('draft name'), value);
}

/** The description of a prompt, and of a draft that is being committed. */
export function checkDescription(value: unknown): asserts value is string {
	checkText('description', l10n.t('description'), value, limits.description);
}

export function checkDraftDescription(value: unknown): asserts value is string {
	checkText('draftDescription', l10n.t('description'), value, limits.description);
}

/** A draft can have any text: the editor never refuses a keystroke. */
export function checkDraftContent(value: unknown): asserts value is string {
	if (typeof value !== 'string') {
		throw invalid('draftContent', l10n.t('The prompt must be text, and is {0}', shownValue(value)));
	}
}

export function checkNotes(value: unknown): asserts value is string {
	checkText('notes', l10n.t('notes'), value, limits.notes);
}

export function checkTestQuery(value: unknown): asserts value is string {
	checkText('testQuery', l10n.t('test question'), value, limits.testQuery);
}

export function checkPromptTitle(value: unknown): asserts value is string {
	checkText('title', l10n.t('prompt title'), value, limits.promptTitle);
	checkOneLine('title', l10n.t('prompt title'), value);
}

/** Checks the form only; two versions of one draft or prompt cannot have the same label. */
export function checkVersionLabel(value: unknown): asserts value is string {
	checkText('label', l10n.t('label'), value, limits.versionLabel);
	checkOneLine('label', l10n.t('label'), value);
}

/** Checks the form only; the library checks whether a name is taken. */
export function checkPromptName(value: unknown): asserts value is string {
	checkText('name', l10n.t('prompt name'), value, limits.promptName);
	if (!promptNameForm.test(value)) {
		const wrong = [...new Set(value.replace(/[a-z0-9_]/g, ''))].map((character) => JSON.stringify(character));
		throw invalid(
			'name',
			l10n.t(
				'The prompt name "{0}" can only contain lowercase letters a-z, digits and underscores, and has {1}. Try "{2}"',
				value,
				wrong.join(', '),
				proposeName(value),
			),
		);
	}
}

/** Whether a text is long enough to be tested or to have the status testing or ready. */
export function isTestable(content: string): boolean {
	return content.length >= contentLimits.test && content.trim() !== '';
}

/** Throws unless the text can be tested or have the status testing or ready. */
export function checkContentForTest(value: unknown): asserts value is string {
	checkContent(value, contentLimits.test, l10n.t('to be tested or marked as testing or ready'));
}

export function checkContentForCommit(value: unknown): asserts value is string {
	checkContent(value, contentLimits.commit, l10n.t('to be committed to the library'));
}

/** The maximum number of articles that one test may give to the model. */
export function checkLimit(value: unknown): asserts value is number {
	checkInteger('limit', l10n.t('article limit'), value, limits.articles);
}

export function checkRating(value: unknown): asserts value is number {
	checkInteger('userRating', l10n.t('rating'), value, limits.rating);
}

export function checkStatus(value: unknown): asserts value is DraftStatus {
	if (!draftStatuses.some((status) => status === value)) {
		throw invalid(
			'status',
			l10n.t('There is no status {0}; use one of {1}', shownValue(value), draftStatuses.join(', ')),
		);
	}
}

export function checkKind(value: unknown): asserts value is PromptKind {
	if (!promptKinds.some((kind) => kind === value)) {
		throw invalid(
			'kind',
			l10n.t('There is no kind {0}; use one of {1}', shownValue(value), promptKinds.join(', ')),
		);
	}
}

/** May be absent: the model comes from the settings, or the user is asked. */
export function checkModelName(value: unknown): asserts value is string | undefined {
	if (value !== undefined && (typeof value !== 'string' || !isModelName(value))) {
		throw invalid('model', l10n.t('A model is written as provider/model, and this is {0}', shownValue(value)));
	}
}

/** May be absent: the level comes from the settings. */
export function checkThinking(value: unknown): asserts value is ThinkingLevel | undefined {
	if (value !== undefined && !thinkingLevels.some((level) => level === value)) {
		throw invalid(
			'thinking',
			l10n.t('There is no thinking level {0}; use one of {1}', shownValue(value), thinkingLevels.join(', ')),
		);
	}
}

/**
 * Makes a prompt name from a draft's name: lower case, without accents, everything else as underscores, at most 50
 * characters, numbered while `isTaken` returns true. A name without usable characters becomes `prompt`.
 */
export function proposeName(draftName: string, isTaken: (name: string) => boolean = () => false): string {
	const slug = draftName
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '');
	const { minimum, maximum } = limits.promptName;
	const padded = slug === '' ? 'prompt' : slug.length < minimum ? `${slug}_prompt` : slug;
	const base = padded.slice(0, maximum).replace(/_$/, '');
	let name = base;
	for (let number = 2; isTaken(name); number++) {
		const suffix = `_${number}`;
		name = `${base.slice(0, maximum - suffix.length)}${suffix}`;
	}
	return name;
}

/** The start of an answer that a test result keeps in the database. */
export function previewOf(text: string): string {
	return cutText(text, limits.preview);
}

function checkText(
	field: string,
	label: string,
	value: unknown,
	{ minimum, maximum }: { minimum: number; maximum: number },
): asserts value is string {
	if (typeof value !== 'string') {
		throw invalid(field, l10n.t('The {0} must be text, and is {1}', label, shownValue(value)));
	}
	const rule = minimum === 0 ? l10n.t('at most {0}', maximum) : l10n.t('{0} to {1}', minimum, maximum);
	if (value.length < minimum || value.length > maximum) {
		throw invalid(field, l10n.t('The {0} must have {1} characters, and has {2}', label, rule, value.length));
	}
	if (minimum > 0 && value.trim() === '') {
		throw invalid(
			field,
			l10n.t('The {0} must have {1} characters, and its {2} are all spaces', label, rule, value.length),
		);
	}
}

function checkOneLine(field: string, label: string, value: string): void {
	const found = controlCharacters.exec(value);
	if (found) {
		const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
		throw invalid(
			field,
			l10n.t('The {0} must be on one line, and has the control character {1}', label, `U+${code}`),
		);
	}
}

function checkContent(value: unknown, minimum: number, purpose: string): asserts value is string {
	checkDraftContent(value);
	if (value.length < minimum || value.trim() === '') {
		const has = value.length < minimum ? l10n.t('has {0}', value.length) : l10n.t('is all spaces');
		throw invalid(
			'draftContent',
			l10n.t('The prompt must have at least {0} characters {1}, and {2}', minimum, purpose, has),
		);
	}
}

function checkInteger(
	field: string,
	label: string,
	value: unknown,
	{ minimum, maximum }: { minimum: number; maximum: number },
): asserts value is number {
	if (!Number.isInteger(value) || Number(value) < minimum || Number(value) > maximum) {
		throw invalid(
			field,
			l10n.t(
				'The {0} must be a whole number from {1} to {2}, and is {3}',
				label,
				minimum,
				maximum,
				shownValue(value),
			),
		);
	}
}

/** A wrong value, shortened for a message. */
export function shownValue(value: unknown): string {
	if (typeof value === 'string') {
		return `"${cutText(value, 40)}"`;
	}
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeName(value);
}

function invalid(field: string, message: string): AppError {
	return new AppError('validation', message, { info: { field } });
}
