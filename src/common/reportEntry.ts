/** One thing that an import met: kept in another place than one would look for, changed, or dropped. */
export interface ReportEntry {
	/** Line of the file, where it has lines. */
	line?: number;
	what: string;
	outcome: 'kept' | 'changed' | 'dropped';
	note: string;
}
