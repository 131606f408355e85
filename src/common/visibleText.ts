/** A character that is invisible or changes how the text around it looks. */
export interface HiddenCharacter {
	index: number;
	character: string;
}

const hidden = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\p{Surrogate}]/gu;
const control = /(?![\t\n\r])\p{Cc}/gu;

/**
 * Zero-width characters, bidirectional controls, tag characters, lone surrogates and the like. Joiners inside words and
 * emoji and the first variation selector of a character are ordinary text.
 */
export function hiddenCharacters(text: string): HiddenCharacter[] {
	return [...findHiddenCharacters(text)];
}

/** The hidden characters one by one, for callers that do not need all of them. */
export function* findHiddenCharacters(text: string): Generator<HiddenCharacter> {
	for (const { index, 0: character } of text.matchAll(hidden)) {
		if (!isOrdinary(text, { index, character })) {
			yield { index, character };
		}
	}
}

/** `U+202E` */
export function codePointName(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with every hidden character replaced by its name, such as `<U+202E>`. */
export function visibleText(text: string): string {
	let shown = '';
	let end = 0;
	for (const { index, character } of hiddenCharacters(text)) {
		shown += `${text.slice(end, index)}<${codePointName(character)}>`;
		end = index + character.length;
	}
	return (shown + text.slice(end)).replace(control, (character) => `<${codePointName(character)}>`);
}

/** One line of at most `limit` characters, with every line break shown as `\n` or `\r`; what is cut off is counted. */
export function visibleLine(text: string, limit: number): string {
	// Cut twice: text beyond the limit need not be searched, and each hidden character becomes eight characters or more.
	const line = visibleText(text.slice(0, limit)).replaceAll('\n', '\\n').replaceAll('\r', '\\r').slice(0, limit);
	return text.length > limit ? `${line}… (${text.length.toLocaleString('en')} characters)` : line;
}

/**
 * The text changed so that VS Code finds no link in it. VS Code's notifications, progress and input boxes turn
 * `[text](command:…)`, `(https:…)` and `(file:…)` into links, which a backslash does not prevent.
 */
export function withoutLinks(text: string): string {
	return visibleText(text).replaceAll('](', '] (');
}

/** The text changed so that VS Code draws no icon for `$(name)` in it, in rows of quick picks and the like. */
export function withoutIcons(text: string): string {
	return text.replace(/\$\((?=[\w~-]+\))/g, '\\$&');
}

function isOrdinary(text: string, { index, character }: HiddenCharacter): boolean {
	const before = text.slice(Math.max(0, index - 2), index);
	if (character === '\u200c' || character === '\u200d') {
		return (
			/[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u.test(before) &&
			/^[\p{L}\p{M}\p{Extended_Pictographic}]/u.test(text.slice(index + 1, index + 3))
		);
	}
	return (
		/\p{Variation_Selector}/u.test(character) &&
		/[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(before) &&
		!/\p{Variation_Selector}$/u.test(before)
	);
}
