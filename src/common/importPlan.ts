import type { ReportEntry } from './reportEntry.ts';

export type ImportedKind = 'draft' | 'suite' | 'fixture' | 'run';

/** Something that an import would store. */
export interface ImportItem {
	/** Of the import; what is not chosen is not stored. */
	id: string;
	kind: ImportedKind;
	name: string;
	/** What it holds, in a few words each. */
	facts: string[];
	/** The beginning of its text; empty if there is nothing to read. */
	preview: string;
}

/** A file and what becomes of it. */
export interface ImportedFile {
	/** Relative to what was chosen. */
	path: string;
	/** The format as it is shown; empty if the file is in none. */
	format: string;
	items: ImportItem[];
	report: ReportEntry[];
	/** Why nothing of it can be imported. */
	problem?: string;
}

/** What an import would do. Nothing is stored yet. */
export interface ImportPlan {
	/** What was chosen, as it is shown. */
	source: string;
	files: (ImportedFile & {
		/** Whether its lines can be shown; a text that was pasted is nowhere. */
		hasLines: boolean;
	})[];
	/** Whether the draft can be linked to its file, and is unless the user says otherwise; null if it cannot be. */
	link: boolean | null;
	/** Where fixtures, and suites without a draft, are written; empty if the extension keeps them. */
	folder: string;
}

/** The requests of the page that asks what to import. */
export interface ImportProtocol {
	requests: {
		snapshot: { params: null; result: { plan: ImportPlan; locale: string; show: null } };
		/** Ids of items. */
		store: { params: { chosen: readonly string[]; link: boolean }; result: null };
		cancel: { params: null; result: null };
		/** Shows a line, counted from 1, of a file by its position in the plan. */
		openLine: { params: { file: number; line: number }; result: null };
	};
	events: { show: null };
}
