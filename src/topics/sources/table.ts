/** Rows of a file, whatever its format. */
export interface Table {
	columns: string[];
	/** `place` says where the row stands, for the report; a row that cannot be read has a reason, one read in part a note. */
	rows: { place: string; values?: Record<string, unknown>; reason?: string; note?: string }[];
}
