import type { ReportEntry } from '../../common/reportEntry.ts';

const mostEntries = 200;

/** Collects what a capture does not keep as it was, so that nothing is dropped without a word. */
export class Losses {
	readonly #entries: ReportEntry[] = [];
	/** Fields that a fixture has no place for, with the number of objects that have them. */
	readonly #fields = new Map<string, number>();
	#more = 0;
	#line: number | undefined;

	/** What is added from here on stands in this line. */
	at(line: number | undefined): void {
		this.#line = line;
	}

	add(outcome: ReportEntry['outcome'], what: string, note: string): void {
		if (this.#entries.length === mostEntries) {
			this.#more++;
			return;
		}
		const line = this.#line === undefined ? {} : { line: this.#line };
		this.#entries.push({ ...line, what: what.slice(0, 120), outcome, note });
	}

	/** Notes the fields of an object that say something and are not among those that were read. */
	fields(object: Record<string, unknown>, read: ReadonlySet<string>): void {
		for (const [name, value] of Object.entries(object)) {
			const isEmpty = value === null || value === undefined || value === '' || value === false;
			if (!read.has(name) && !isEmpty && !(Array.isArray(value) && value.length === 0)) {
				this.#fields.set(name, (this.#fields.get(name) ?? 0) + 1);
			}
		}
	}

	report(): ReportEntry[] {
		const fields = [...this.#fields].slice(0, mostEntries).map(([name, count]): ReportEntry => {
			const places = count === 1 ? '' : ` (in ${count} places)`;
			return { what: name.slice(0, 120), outcome: 'dropped', note: `A fixture has no place for it${places}` };
		});
		const more: ReportEntry[] =
			this.#more === 0
				? []
				: [
						{
							what: `${this.#more} more`,
							outcome: 'dropped',
							note: 'The report ends here, they are of the same kinds',
						},
					];
		return [...this.#entries, ...more, ...fields];
	}
}
