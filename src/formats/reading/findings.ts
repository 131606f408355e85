import type { ReportEntry } from '../../common/reportEntry.ts';
import { visibleLine } from '../../common/visibleText.ts';
import * as l10n from '@vscode/l10n';

const maxEntries = 500;

/** Collects what an import understood, changed and dropped, so that nothing is lost silently. */
export class Findings {
	readonly #entries: ReportEntry[] = [];
	#omitted = 0;

	kept(what: string, note: string, line?: number): void {
		this.#add('kept', what, note, line);
	}

	changed(what: string, note: string, line?: number): void {
		this.#add('changed', what, note, line);
	}

	dropped(what: string, note: string, line?: number): void {
		this.#add('dropped', what, note, line);
	}

	addAll(entries: readonly ReportEntry[]): void {
		for (const { outcome, what, note, line } of entries) {
			this.#add(outcome, what, note, line);
		}
	}

	/** Texts of the file are made visible: the report is shown as Markdown and in notifications. */
	#add(outcome: ReportEntry['outcome'], what: string, note: string, line: number | undefined): void {
		if (this.#entries.length === maxEntries) {
			this.#omitted++;
			return;
		}
		this.#entries.push({
			...(line !== undefined && { line }),
			what: visibleLine(what, 120),
			outcome,
			note: visibleLine(note, 400),
		});
	}

	report(): ReportEntry[] {
		return this.#omitted === 0
			? [...this.#entries]
			: [
					...this.#entries,
					{
						what: l10n.t('{0} more', this.#omitted),
						outcome: 'dropped',
						note: l10n.t('The report ends here; the rest is of the same kinds'),
					},
				];
	}
}
