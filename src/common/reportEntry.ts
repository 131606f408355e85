/** One thing that an import kept in an unexpected place, changed or dropped. */
export interface ReportEntry {
	/** Line of the file, if it has lines. */
	line?: number;
	what: string;
	outcome: 'kept' | 'changed' | 'dropped';
	note: string;
}
