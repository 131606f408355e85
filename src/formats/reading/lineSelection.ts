import * as l10n from '@vscode/l10n';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { detectFormats } from '../importFile.ts';
import { Findings } from './findings.ts';
import { ForeignFile } from './foreignFile.ts';

/** What is kept of a JSON Lines file that is longer than an import may be, in UTF-16 code units. */
export const maxSelectedLength = 10 * 1024 * 1024;

/**
 * Selects the lines of a long JSON Lines file that are imported: from its beginning on, what its format reads of each,
 * until there is no room. Its memory does not grow with the file.
 */
export class LineSelection {
	readonly #selectLine: (line: string) => string;
	readonly #findings = new Findings();
	readonly #lines: string[] = [];
	#length = 0;
	#count = 0;
	/** The first line that had no room. */
	#end: number | undefined;

	private constructor(selectLine: (line: string) => string) {
		this.#selectLine = selectLine;
	}

	/** Undefined if files that begin with this line are in no format whose lines are read one by one. */
	static of(path: string, firstLine: string): LineSelection | undefined {
		if (!/^\s*[[{]/.test(firstLine)) {
			return undefined;
		}
		// A single line could be a JSON document; two are JSON Lines.
		const [format] = detectFormats(new ForeignFile(path, `${firstLine}\n{}`));
		return format?.selectLine && new LineSelection((line) => format.selectLine?.(line) ?? '');
	}

	/** Of the lines that were added. */
	get count(): number {
		return this.#count;
	}

	/** Whether the text of the next line makes a difference. */
	get hasRoom(): boolean {
		return this.#end === undefined;
	}

	/** Adds the next line; undefined is one that is too long. */
	add(line: string | undefined): void {
		this.#count++;
		if (!this.hasRoom) {
			return;
		}
		if (line === undefined) {
			this.#findings.dropped(l10n.t('the line'), l10n.t('It is too long to be imported'), this.#count);
		}
		const selected = line === undefined ? '' : this.#selectLine(line);
		if (this.#length + selected.length + 1 > maxSelectedLength) {
			this.#end = this.#count;
			return;
		}
		// A line that is not selected stays empty, so that the lines of the report are those of the file.
		this.#lines.push(selected);
		this.#length += selected.length + 1;
	}

	/** As JSON Lines. */
	get text(): string {
		return this.#lines.join('\n');
	}

	/** What of the file is not in the text. */
	report(): ReportEntry[] {
		if (this.#end !== undefined) {
			this.#findings.dropped(
				l10n.t('lines {0} to {1}', this.#end.toLocaleString('en'), this.#count.toLocaleString('en')),
				l10n.t(
					'At most {0} MB of a long file are imported. Split it, and import the rest from this line on',
					maxSelectedLength / 1024 / 1024,
				),
				this.#end,
			);
		}
		return this.#findings.report();
	}
}
