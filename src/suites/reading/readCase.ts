import * as l10n from '@vscode/l10n';
import type { CaseSequence } from '../cases/caseSequence.ts';
import type { CaseSpool } from '../cases/caseSpool.ts';
import type { Assertion, SuiteCase, SuiteMessage } from '../suite.ts';
import { CaseNames } from './caseNames.ts';
import { checkTemplates } from './checkTemplates.ts';
import { combinationCount, expandVars, isExpanded, type Vars } from './expandVars.ts';
import type { FieldChecker } from './fieldChecker.ts';
import { suiteLimits } from './fields.ts';
import type { Located } from './located.ts';
import { readAssertions, type WrittenAssertion } from './readAssertions.ts';

/** What a case and `defaults` have in common, after their fields were checked. */
export interface WrittenDefaults extends Partial<
	Pick<
		SuiteCase,
		'query' | 'messages' | 'tags' | 'repeat' | 'thinking' | 'maxTokens' | 'timeout' | 'threshold' | 'vars'
	>
> {
	assert?: WrittenAssertion[];
	expand?: boolean;
}

export interface WrittenCase
	extends WrittenDefaults, Pick<SuiteCase, 'conversation' | 'expected' | 'output' | 'outputs' | 'metadata'> {
	name?: string;
}

export type Defaults = Omit<WrittenDefaults, 'assert' | 'vars' | 'tags'> & {
	vars: Vars;
	assert: Assertion[];
	tags: string[];
};

/** Where the cases are kept. */
export type NamedCases = SuiteCase[] | CaseSpool<SuiteCase>;

export const noDefaults: Defaults = { vars: {}, assert: [], tags: [] };

/** Collects the cases of a suite: with defaults, one for each combination of its variables, each with its own name. */
export class CaseList {
	readonly #cases: NamedCases;
	readonly #names = new CaseNames();
	readonly #defaults: Defaults;
	readonly #checker: FieldChecker;
	#isFull = false;

	constructor(defaults: Defaults, checker: FieldChecker, cases: NamedCases = []) {
		this.#cases = cases;
		this.#defaults = defaults;
		this.#checker = checker;
	}

	/** Adds a case whose fields were checked. `file` and `row` (from 1) are of the case file it comes from. */
	add(written: WrittenCase, located: Located, from: { file?: string; row?: number } = {}): void {
		const fault = faultOf(written);
		if (fault) {
			located.report({ path: [fault.field], atKey: true }, fault.message);
			return;
		}
		checkTemplates(written.query, ['query'], located);
		checkMessages(written.messages, located);
		const own = readAssertions(written.assert ?? [], ['assert'], located, this.#checker);
		const merged = this.#merge(written, own, located, from.file);
		if (written.expand ?? this.#defaults.expand ?? true) {
			this.#expand(merged, written.name, located, from.row);
		} else {
			this.#push(merged, written.name, '', located, from.row);
		}
	}

	/** All cases, once the last one was added. */
	finish(): CaseSequence<SuiteCase> {
		const cases = this.#cases;
		this.#names.nameUnnamed((index, name) => {
			if (Array.isArray(cases)) {
				Object.assign(cases[index] ?? {}, { name });
			} else {
				cases.rename(index, name);
			}
		});
		return cases;
	}

	#merge(written: WrittenCase, own: Assertion[], located: Located, file: string | undefined): SuiteCase {
		const defaults = this.#defaults;
		const { conversation, output, outputs, metadata } = written;
		const vars = written.vars ? { ...defaults.vars, ...written.vars } : defaults.vars;
		const asks = written.query !== undefined || written.messages !== undefined || conversation !== undefined;
		const { query = fileQuery(file, vars, conversation), messages } = asks ? written : defaults;
		// A column of a file is a variable, so its expected answer is one too.
		const expected = written.expected ?? (file === undefined ? undefined : vars['expected']);
		const suiteCase: SuiteCase = {
			name: '',
			line: located.positionOf({ path: [] }).line,
			vars,
			tags: written.tags ? [...new Set([...defaults.tags, ...written.tags])] : defaults.tags,
			repeat: written.repeat ?? defaults.repeat ?? 1,
			assert: own.length === 0 ? defaults.assert : [...defaults.assert, ...own],
		};
		setPresent(suiteCase, {
			file,
			query: messages ? undefined : query,
			messages,
			conversation,
			expected,
			thinking: written.thinking ?? defaults.thinking,
			maxTokens: written.maxTokens ?? defaults.maxTokens,
			timeout: written.timeout ?? defaults.timeout,
			threshold: written.threshold ?? defaults.threshold,
			output,
			outputs,
			metadata,
		});
		return suiteCase;
	}

	#expand(merged: SuiteCase, name: string | undefined, located: Located, row: number | undefined): void {
		if (!Object.values(merged.vars).some(isExpanded)) {
			this.#push(merged, name, '', located, row);
			return;
		}
		const count = combinationCount(merged.vars);
		if (this.#cases.length + count > suiteLimits.cases) {
			this.#reportFull(located, count);
			return;
		}
		// Its combinations have names that no other case may have either.
		const isTaken = name !== undefined && !this.#names.take(name);
		if (isTaken) {
			reportDoubled(name, located);
		}
		let number = 1;
		for (const vars of expandVars(merged.vars)) {
			this.#push({ ...merged, vars }, name, ` [${number++}]`, isTaken ? undefined : located, row);
		}
	}

	/** Without `located`, a doubled name is not reported: its case was. */
	#push(
		suiteCase: SuiteCase,
		name: string | undefined,
		suffix: string,
		located: Located | undefined,
		row: number | undefined,
	): void {
		if (this.#cases.length >= suiteLimits.cases) {
			if (located) {
				this.#reportFull(located, 1);
			}
			return;
		}
		if (name === undefined) {
			const index = this.#cases.length;
			this.#names.addUnnamed(suiteCase, { index, suffix, ...(row !== undefined && { row }) });
		} else if (this.#names.take(name + suffix)) {
			suiteCase.name = name + suffix;
		} else {
			suiteCase.name = this.#names.free(name + suffix);
			if (located) {
				reportDoubled(name + suffix, located);
			}
		}
		this.#cases.push(suiteCase);
	}

	/** Reported once: all further cases are too many as well. */
	#reportFull(located: Located, count: number): void {
		if (!this.#isFull) {
			this.#isFull = true;
			const message = l10n.t(
				'A suite has at most {0} cases; with this one it would have {1}',
				suiteLimits.cases,
				this.#cases.length + count,
			);
			located.report({ path: [] }, message);
		}
	}
}

function reportDoubled(name: string, located: Located): void {
	located.report({ path: ['name'] }, l10n.t('There is another case "{0}": give each case a name of its own', name));
}

/** Adds the fields that are present. A suite has many cases and each of them few fields. */
function setPresent(target: SuiteCase, fields: { [Field in keyof SuiteCase]?: SuiteCase[Field] | undefined }): void {
	for (const [field, value] of Object.entries(fields)) {
		if (value !== undefined) {
			Object.assign(target, { [field]: value });
		}
	}
}

/** A case of a file that has no question asks its variable `query`, if it has one. */
function fileQuery(file: string | undefined, vars: Vars, conversation: unknown): string | undefined {
	return file !== undefined && conversation === undefined && typeof vars['query'] === 'string'
		? '{{query}}'
		: undefined;
}

/** Fields that exclude each other. */
function faultOf(written: WrittenCase): { field: keyof WrittenCase; message: string } | undefined {
	const asked = (['query', 'messages', 'conversation'] as const).filter((field) => written[field] !== undefined);
	const [first, second] = asked;
	if (first !== undefined && second !== undefined) {
		const message = l10n.t('A case has either "{0}" or "{1}". Delete one of them', first, second);
		return { field: second, message };
	}
	if (written.output !== undefined && written.outputs !== undefined) {
		const message = l10n.t('A case has either "{0}" or "{1}". Delete one of them', 'output', 'outputs');
		return { field: 'outputs', message };
	}
	if (written.name?.trim() === '') {
		return { field: 'name', message: l10n.t('A name must not be empty. Delete it to get one from the question') };
	}
	return undefined;
}

export function checkMessages(messages: readonly SuiteMessage[] | undefined, located: Located): void {
	for (const [index, { content }] of (messages ?? []).entries()) {
		checkTemplates(content, ['messages', index, 'content'], located);
	}
	if (messages && messages.at(-1)?.role !== 'user') {
		const path = ['messages', messages.length - 1];
		located.report({ path }, l10n.t("The last message must be the user's: the model answers it"));
	}
}
