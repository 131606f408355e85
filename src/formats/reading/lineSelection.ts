import * as l10n from '@vscode/l10n';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { detectFormats } from '../importFile.ts';
import type { Format } from '../imported.ts';
import { Findings } from './findings.ts';
import { ForeignFile } from './foreignFile.ts';

/** What is kept of a JSON Lines file that is longer than an import may be, in UTF-16 code units. */
export const maxSelectedLength = 10 * 1024 * 1024;

/**
 * Selects the lines of a long JSON Lines file that are imported: from its beginning on, what its format reads of each,
 * until there is no room, even without lines that repeat others. Its memory does not grow with the file.
 */
export class LineSelection {
	readonly #format: Format;
	readonly #findings = new Findings();
	readonly #lines: string[] = [];
	#length = 0;
	#count = 0;
	#repeated = 0;
	/** Whether another look for lines that repeat others is worth its time. */
	#canShrink = true;
	/** The first line that had no room. */
	#end: number | undefined;

	private constructor(format: Format) {
		this.#format = format;
	}

	/** Undefined if files that begin with this line are in no format whose lines are read one by one. */
	static of(path: string, firstLine: string): LineSelection | undefined {
		if (!/^\s*[[{]/.test(firstLine)) {
			return undefined;
		}
		// A single line could be a JSON document; two are JSON Lines.
		const [format] = detectFormats(new ForeignFile(path, `${firstLine}\n{}`));
		return format?.selectLine ? new LineSelection(format) : undefined;
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
		const selected = line === undefined ? '' : (this.#format.selectLine?.(line) ?? '');
		const hasRoom = () => this.#length + selected.length + 1 <= maxSelectedLength;
		if (!hasRoom()) {
			this.#shrink();
			if (!hasRoom()) {
				this.#end = this.#count;
				return;
			}
		}
		// A line that is not selected stays empty, so that the lines of the report are those of the file.
		this.#lines.push(selected);
		this.#length += selected.length + 1;
	}

	#shrink(): void {
		if (!this.#canShrink) {
			return;
		}
		for (const index of this.#format.repeatedLines?.(this.#lines) ?? []) {
			this.#length -= this.#lines[index]?.length ?? 0;
			this.#lines[index] = '';
			this.#repeated++;
		}
		this.#canShrink = this.#length < maxSelectedLength / 2;
	}

	/** As JSON Lines. */
	get text(): string {
		return this.#lines.join('\n');
	}

	/** What of the file is not in the text. */
	report(): ReportEntry[] {
		if (this.#repeated > 0) {
			this.#findings.dropped(
				l10n.t('{0} lines', this.#repeated.toLocaleString('en')),
				l10n.t('Later lines record the same from its beginning on'),
			);
		}
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
