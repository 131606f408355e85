/** Rows of a file, whatever its format. */
export interface Table {
	columns: string[];
	/** `place`: position of the row, for the report. A row that cannot be read has a reason, a partly read one a note. */
	rows: { place: string; values?: Record<string, unknown>; reason?: string; note?: string }[];
}
