import * as l10n from '@vscode/l10n';
import type { ReportEntry } from '../../common/reportEntry.ts';

const maxEntries = 200;

/** Collects what a capture changes or drops, so that nothing is lost silently. */
export class Losses {
	readonly #entries: ReportEntry[] = [];
	/** Fields that a fixture cannot hold, with the number of objects that have them. */
	readonly #fields = new Map<string, number>();
	#omitted = 0;
	#line: number | undefined;

	/** Sets the line of the entries that are added next. */
	setLine(line: number | undefined): void {
		this.#line = line;
	}

	add(outcome: ReportEntry['outcome'], what: string, note: string): void {
		if (this.#entries.length === maxEntries) {
			this.#omitted++;
			return;
		}
		const line = this.#line === undefined ? {} : { line: this.#line };
		this.#entries.push({ ...line, what: what.slice(0, 120), outcome, note });
	}

	/** Records the non-empty fields of an object that were not read. */
	fields(object: Record<string, unknown>, read: ReadonlySet<string>): void {
		for (const [name, value] of Object.entries(object)) {
			const isEmpty = value === null || value === undefined || value === '' || value === false;
			if (!read.has(name) && !isEmpty && !(Array.isArray(value) && value.length === 0)) {
				this.#fields.set(name, (this.#fields.get(name) ?? 0) + 1);
			}
		}
	}

	report(): ReportEntry[] {
		const fields = [...this.#fields].slice(0, maxEntries).map(([name, count]): ReportEntry => {
			const note =
				count === 1
					? l10n.t('A fixture has no place for it')
					: l10n.t('A fixture has no place for it (in {0} places)', count);
			return { what: name.slice(0, 120), outcome: 'dropped', note };
		});
		const more: ReportEntry[] =
			this.#omitted === 0
				? []
				: [
						{
							what: l10n.t('{0} more', this.#omitted),
							outcome: 'dropped',
							note: l10n.t('The report ends here; the rest is of the same kinds'),
						},
					];
		return [...this.#entries, ...more, ...fields];
	}
}
