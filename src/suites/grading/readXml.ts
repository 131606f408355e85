import * as l10n from '@vscode/l10n';

export interface XmlElement {
	name: string;
	children: XmlElement[];
}

/** Where a text stops being XML, in UTF-16 code units from 0, and why. */
export interface XmlProblem {
	at: number;
	message: () => string;
}

interface OpenElement extends XmlElement {
	/** The prefixes of namespaces that it binds. */
	binds: readonly string[];
}

const space = /[ \t\r\n]*/y;
const name = /[\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*/uy;
const attribute = /[ \t\r\n]+([\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/uy;
const wrongReference = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/;
const doctype =
	/<!DOCTYPE[ \t\r\n]+[^\s[\]<>"']+(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"]*"|'[^']*'))[ \t\r\n]+(?:"[^"]*"|'[^']*'))?[ \t\r\n]*>/y;
const declaration = /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.\d+["'][^?<]*\?>/y;

/**
 * Reads a document of XML 1.0 with namespaces: one root, and nothing but comments and instructions around it. Entities
 * other than the five that are built in, and so document types that define some, are refused.
 */
export function readXml(text: string): XmlElement | XmlProblem {
	const reader = new Reader(text);
	reader.skip(declaration);
	for (;;) {
		reader.skip(space);
		if (reader.at === text.length) {
			break;
		}
		if (text[reader.at] !== '<') {
			return { at: reader.at, message: () => l10n.t('text outside of the root element') };
		}
		if (text.startsWith('<!DOCTYPE', reader.at) && reader.roots.length === 0) {
			if (!reader.skip(doctype)) {
				return { at: reader.at, message: () => l10n.t('a document type that is wrong or defines entities') };
			}
			continue;
		}
		const at = reader.at;
		if (reader.roots.length > 0 && !/[!?]/.test(text.charAt(at + 1))) {
			return { at, message: () => l10n.t('a second root element') };
		}
		const problem = reader.markup() ?? reader.untilClosed();
		if (problem) {
			return problem;
		}
	}
	return reader.roots[0] ?? { at: text.length, message: () => l10n.t('no root element') };
}

/** The outermost elements in a text that are well-formed, whatever stands around them. Takes linear time. */
export function findXml(text: string): XmlElement[] {
	const reader = new Reader(text);
	for (;;) {
		const start = text.indexOf('<', reader.at);
		if (start < 0) {
			break;
		}
		reader.at = start;
		if (reader.markup() ?? reader.untilClosed()) {
			reader.giveUp();
		}
	}
	return reader.roots;
}

class Reader {
	at = 0;
	readonly roots: XmlElement[] = [];
	readonly #text: string;
	readonly #open: OpenElement[] = [];
	/** How many open elements bind each prefix. */
	readonly #bound = new Map([
		['xml', 1],
		['xmlns', 1],
	]);
	/** Where each mark was found last, so that a missing one is looked for once. */
	readonly #marks = new Map<string, number>();
	#markup = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** Moves behind what matches here. */
	skip(form: RegExp): boolean {
		form.lastIndex = this.at;
		const matches = form.test(this.#text);
		this.at = matches ? form.lastIndex : this.at;
		return matches;
	}

	/** Reads on until the element that is open is closed. */
	untilClosed(): XmlProblem | undefined {
		while (this.#open.length > 0) {
			const start = this.at;
			const next = this.#find('<', start);
			const content = this.#text.slice(start, next < 0 ? undefined : next);
			const wrong = wrongReference.exec(content);
			if (wrong) {
				return problem(start + wrong.index, () => l10n.t('"&" that starts none of the known entities'));
			}
			if (next < 0) {
				const element = this.#open.at(-1)?.name ?? '';
				return problem(this.#text.length, () => l10n.t('<{0}> is not closed', element));
			}
			this.at = next;
			const wrongMarkup = this.markup();
			if (wrongMarkup) {
				return wrongMarkup;
			}
		}
		return undefined;
	}

	/** Goes on behind the `<` where reading stopped. What is complete in the open elements stays. */
	giveUp(): void {
		for (const element of this.#open) {
			this.#bind(element.binds, -1);
			for (const child of element.children) {
				this.roots.push(child);
			}
		}
		this.#open.length = 0;
		this.at = this.#markup + 1;
	}

	/** Reads a tag, a comment, an instruction or CDATA. */
	markup(): XmlProblem | undefined {
		const text = this.#text;
		this.#markup = this.at;
		if (text.startsWith('<!--', this.at)) {
			return this.#until('--', 4, '>', () => l10n.t('a comment'));
		}
		if (text.startsWith('<![CDATA[', this.at) && this.#open.length > 0) {
			return this.#until(']]>', 9, '', () => 'CDATA');
		}
		if (text.startsWith('<?', this.at) && !/^<\?xml\b/i.test(text.slice(this.at, this.at + 6))) {
			return this.#until('?>', 2, '', () => l10n.t('an instruction'));
		}
		return text[this.at + 1] === '/' ? this.#endTag() : this.#startTag();
	}

	#endTag(): XmlProblem | undefined {
		const start = this.at;
		this.at += 2;
		const from = this.at;
		const named = this.skip(name) ? this.#text.slice(from, this.at) : '';
		this.skip(space);
		const element = this.#open.at(-1);
		if (this.#text[this.at] !== '>' || element?.name !== named) {
			return problem(start, () => l10n.t('</{0}> closes nothing that is open', named));
		}
		this.at++;
		this.#open.pop();
		this.#bind(element.binds, -1);
		this.#add(element);
		return undefined;
	}

	#startTag(): XmlProblem | undefined {
		const start = this.at;
		this.at++;
		const from = this.at;
		if (!this.skip(name)) {
			return problem(start, () => l10n.t('"<" that starts no tag'));
		}
		const element = { name: this.#text.slice(from, this.at), children: [] };
		const attributes = this.#text[this.at] === '>' ? [] : this.#attributes();
		this.skip(space);
		const isEmpty = this.#text[this.at] === '/';
		this.at += isEmpty ? 1 : 0;
		if (!attributes || this.#text[this.at] !== '>') {
			return problem(start, () => l10n.t('<{0} has a wrong attribute or no end', element.name));
		}
		this.at++;
		const binds = attributes.flatMap((attribute) => /^xmlns:(.+)$/.exec(attribute)?.[1] ?? []);
		this.#bind(binds, 1);
		const unbound = [element.name, ...attributes].find((full) => !this.#isBound(full));
		if (isEmpty || unbound !== undefined) {
			this.#bind(binds, -1);
		}
		if (unbound !== undefined) {
			return problem(start, () => l10n.t('the prefix of {0} is bound to no namespace', unbound));
		}
		if (isEmpty) {
			this.#add(element);
		} else {
			this.#open.push({ ...element, binds });
		}
		return undefined;
	}

	#bind(prefixes: readonly string[], change: 1 | -1): void {
		for (const prefix of prefixes) {
			this.#bound.set(prefix, (this.#bound.get(prefix) ?? 0) + change);
		}
	}

	#isBound(full: string): boolean {
		if (!full.includes(':')) {
			return true;
		}
		const [prefix = '', local = '', ...rest] = full.split(':');
		return rest.length === 0 && local !== '' && (this.#bound.get(prefix) ?? 0) > 0;
	}

	/** Their names; undefined if one is there twice or has a wrong value. */
	#attributes(): string[] | undefined {
		const names = new Set<string>();
		for (;;) {
			attribute.lastIndex = this.at;
			const [, key = '', double, single] = attribute.exec(this.#text) ?? [];
			if (key === '') {
				return [...names];
			}
			if (names.has(key) || wrongReference.test(double ?? single ?? '')) {
				return undefined;
			}
			names.add(key);
			this.at = attribute.lastIndex;
		}
	}

	#add({ name: ofElement, children }: XmlElement): void {
		(this.#open.at(-1)?.children ?? this.roots).push({ name: ofElement, children });
	}

	#until(mark: string, after: number, then: string, what: () => string): XmlProblem | undefined {
		const end = this.#find(mark, this.at + after);
		if (end < 0 || !this.#text.startsWith(then, end + mark.length)) {
			return problem(this.at, () => l10n.t('{0} that does not end', what()));
		}
		this.at = end + mark.length + then.length;
		return undefined;
	}

	#find(mark: string, from: number): number {
		const known = this.#marks.get(mark);
		if (known === undefined || (known >= 0 && known < from)) {
			this.#marks.set(mark, this.#text.indexOf(mark, from));
		}
		return this.#marks.get(mark) ?? -1;
	}
}

function problem(at: number, message: () => string): XmlProblem {
	return { at, message };
}
