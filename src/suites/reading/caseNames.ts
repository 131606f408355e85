import * as l10n from '@vscode/l10n';
import { visibleText } from '../../common/visibleText.ts';
import { renderTemplate } from '../../prompts/variables/renderTemplate.ts';
import type { SuiteCase } from '../suite.ts';

const maxDerivedLength = 80;

/** Gives every case a name of its own. */
export class CaseNames {
	readonly #taken = new Set<string>();
	/** The next number to try, so that a thousand cases with one question do not try a thousand numbers each. */
	readonly #next = new Map<string, number>();
	/** Positions of cases without a name, and what they are called if that is free. */
	readonly #unnamed: { index: number; wanted: string }[] = [];

	/** Whether no case has this name yet; it is taken then. */
	take(name: string): boolean {
		return this.#taken.size < this.#taken.add(name).size;
	}

	/** The case gets a name at the end, when those that are written are known. `row` counts in its file. */
	addUnnamed(suiteCase: SuiteCase, { index, suffix, row }: { index: number; suffix: string; row?: number }): void {
		this.#unnamed.push({ index, wanted: derivedName(suiteCase, row) + suffix });
	}

	/** The name, or one with a number if it is taken. */
	free(name: string): string {
		if (this.take(name)) {
			return name;
		}
		let number = this.#next.get(name) ?? 2;
		while (!this.take(`${name} (${number})`)) {
			number++;
		}
		this.#next.set(name, number + 1);
		return `${name} (${number})`;
	}

	/** Calls `rename` for each case that had no name. */
	nameUnnamed(rename: (index: number, name: string) => void): void {
		for (const { index, wanted } of this.#unnamed) {
			rename(index, this.free(wanted));
		}
	}
}

/** The first line of the question with its variables, or where the case stands. */
function derivedName({ query, messages, vars, expected, line }: SuiteCase, row: number | undefined): string {
	const question = query ?? messages?.findLast(({ role }) => role === 'user')?.content ?? '';
	let asked = question;
	if (question.includes('{{')) {
		const rendered = renderTemplate(question, { ...vars, ...(expected !== undefined && { expected }) });
		asked = 'text' in rendered ? rendered.text : rendered.preview;
	}
	const [firstLine = ''] = asked.trim().split(/[\r\n]/, 1);
	if (firstLine !== '') {
		const isCut = firstLine.length > maxDerivedLength;
		return visibleText(isCut ? `${firstLine.slice(0, maxDerivedLength).trimEnd()}…` : firstLine);
	}
	return row === undefined ? l10n.t('Line {0}', line) : `Row #${row}`;
}
