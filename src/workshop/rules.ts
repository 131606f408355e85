import { AppError } from '../common/errors.ts';
import { type DraftStatus, type ThinkingLevel, draftStatuses, thinkingLevels } from '../common/model.ts';
import { isModelName } from '../common/modelName.ts';
import { controlCharacters } from '../common/topicName.ts';

/** Lengths are UTF-16 code units everywhere: what `length` says, and what the editor counts. */
export const limits = {
	draftName: { minimum: 3, maximum: 100 },
	description: { minimum: 0, maximum: 500 },
	notes: { minimum: 0, maximum: 500 },
	testQuery: { minimum: 10, maximum: 1000 },
	/** Distinct articles over one whole test. */
	articles: { minimum: 5, maximum: 200, default: 50 },
	promptName: { minimum: 3, maximum: 50 },
	promptTitle: { minimum: 5, maximum: 100 },
	contentForTest: 50,
	contentForCommit: 100,
	rating: { minimum: 1, maximum: 5 },
	preview: 500,
} as const;

const promptNameForm = /^[a-z0-9_]+$/;

/** All checks throw an `AppError('validation')` that names the field, its rule and the value's length or form. */
export function checkDraftName(value: unknown): asserts value is string {
	checkText('draftName', 'draft name', value, limits.draftName);
	checkOneLine('draftName', 'draft name', value);
}

/** The description of a prompt, and of a draft as it is committed. */
export function checkDescription(value: unknown): asserts value is string {
	checkText('description', 'description', value, limits.description);
}

export function checkDraftDescription(value: unknown): asserts value is string {
	checkText('draftDescription', 'description', value, limits.description);
}

/** Any text can be a draft's: the editor never refuses a keystroke. */
export function checkDraftContent(value: unknown): asserts value is string {
	if (typeof value !== 'string') {
		throw invalid('draftContent', `The prompt must be text, and is ${shownValue(value)}`);
	}
}

export function checkNotes(value: unknown): asserts value is string {
	checkText('notes', 'notes', value, limits.notes);
}

export function checkTestQuery(value: unknown): asserts value is string {
	checkText('testQuery', 'test query', value, limits.testQuery);
}

export function checkPromptTitle(value: unknown): asserts value is string {
	checkText('title', 'prompt title', value, limits.promptTitle);
	checkOneLine('title', 'prompt title', value);
}

/** The form only; whether a name is taken, the library knows. */
export function checkPromptName(value: unknown): asserts value is string {
	checkText('name', 'prompt name', value, limits.promptName);
	if (!promptNameForm.test(value)) {
		const wrong = [...new Set(value.replace(/[a-z0-9_]/g, ''))].map((character) => JSON.stringify(character));
		throw invalid(
			'name',
			`The prompt name "${value}" may hold only lower-case letters a-z, digits and underscores, and has ${wrong.join(', ')}. Try "${proposeName(value)}"`,
		);
	}
}

/** Whether a text is long enough for a test, and for the status testing or ready. */
export function isTestable(content: string): boolean {
	return content.length >= limits.contentForTest && content.trim() !== '';
}

/** For a test, and for the status testing or ready. */
export function checkContentForTest(value: unknown): asserts value is string {
	checkContent(value, limits.contentForTest, 'to be tested or marked as testing or ready');
}

export function checkContentForCommit(value: unknown): asserts value is string {
	checkContent(value, limits.contentForCommit, 'to be committed to the library');
}

/** The most articles that one test may hand to the model. */
export function checkLimit(value: unknown): asserts value is number {
	checkWhole('limit', 'article limit', value, limits.articles);
}

export function checkRating(value: unknown): asserts value is number {
	checkWhole('userRating', 'rating', value, limits.rating);
}

export function checkStatus(value: unknown): asserts value is DraftStatus {
	if (!draftStatuses.some((status) => status === value)) {
		throw invalid(
			'status',
			`The status ${shownValue(value)} does not exist; it is one of ${draftStatuses.join(', ')}`,
		);
	}
}

/** Absent is fine: the setting's model is used, or the user is asked. */
export function checkModelName(value: unknown): asserts value is string | undefined {
	if (value !== undefined && (typeof value !== 'string' || !isModelName(value))) {
		throw invalid('model', `A model is written as provider/model, and this is ${shownValue(value)}`);
	}
}

/** Absent is fine: the setting's level is used. */
export function checkThinking(value: unknown): asserts value is ThinkingLevel | undefined {
	if (value !== undefined && !thinkingLevels.some((level) => level === value)) {
		throw invalid(
			'thinking',
			`The thinking level ${shownValue(value)} does not exist; it is one of ${thinkingLevels.join(', ')}`,
		);
	}
}

/**
 * A prompt name made from a draft's name: lower case, accents dropped, everything else as underscores, at most 50
 * characters, numbered while `isTaken` says so. What leaves nothing to work with becomes `prompt`.
 */
export function proposeName(draftName: string, isTaken: (name: string) => boolean = () => false): string {
	const slug = draftName
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '');
	const { minimum, maximum } = limits.promptName;
	const long = slug === '' ? 'prompt' : slug.length < minimum ? `${slug}_prompt` : slug;
	const base = long.slice(0, maximum).replace(/_$/, '');
	let name = base;
	for (let number = 2; isTaken(name); number++) {
		const suffix = `_${number}`;
		name = `${base.slice(0, maximum - suffix.length)}${suffix}`;
	}
	return name;
}

/** The first `maximum` code units, one fewer where that would halve a surrogate pair. */
export function cutText(text: string, maximum: number): string {
	const last = text.charCodeAt(maximum - 1);
	const next = text.charCodeAt(maximum);
	const halved = last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
	return text.slice(0, halved ? maximum - 1 : maximum);
}

/** What a test result keeps of its answer in the database. */
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
		throw invalid(field, `The ${label} must be text, and is ${shownValue(value)}`);
	}
	const rule = minimum === 0 ? `at most ${maximum}` : `${minimum} to ${maximum}`;
	if (value.length < minimum || value.length > maximum) {
		throw invalid(field, `The ${label} must have ${rule} characters, and has ${value.length}`);
	}
	if (minimum > 0 && value.trim() === '') {
		throw invalid(field, `The ${label} must have ${rule} characters, and its ${value.length} are all spaces`);
	}
}

function checkOneLine(field: string, label: string, value: string): void {
	const found = controlCharacters.exec(value);
	if (found) {
		const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
		throw invalid(field, `The ${label} must be on one line, and has the control character U+${code}`);
	}
}

function checkContent(value: unknown, minimum: number, purpose: string): asserts value is string {
	checkDraftContent(value);
	if (value.length < minimum || value.trim() === '') {
		const has = value.length < minimum ? `has ${value.length}` : 'is all spaces';
		throw invalid('draftContent', `The prompt must have at least ${minimum} characters ${purpose}, and ${has}`);
	}
}

function checkWhole(
	field: string,
	label: string,
	value: unknown,
	{ minimum, maximum }: { minimum: number; maximum: number },
): asserts value is number {
	if (!Number.isInteger(value) || Number(value) < minimum || Number(value) > maximum) {
		throw invalid(
			field,
			`The ${label} must be a whole number from ${minimum} to ${maximum}, and is ${shownValue(value)}`,
		);
	}
}

/** A wrong value, short enough for a message. */
export function shownValue(value: unknown): string {
	if (typeof value === 'string') {
		return `"${cutText(value, 40)}"`;
	}
	return typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null
		? String(value)
		: `a ${typeof value}`;
}

function invalid(field: string, message: string): AppError {
	return new AppError('validation', message, { info: { field } });
}
