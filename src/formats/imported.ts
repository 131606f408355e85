import type { PromptKind } from '../common/model.ts';
import type { ReportEntry } from '../common/reportEntry.ts';
import type { RunStatus, Trial } from '../common/suiteModel.ts';
import type { PromptTool, PromptVariable } from '../prompts/promptMetadata.ts';
import type { ForeignFile } from './reading/foreignFile.ts';

/** A prompt of a file, in our own template language. */
export interface ImportedDraft {
	name: string;
	description?: string;
	text: string;
	kind: PromptKind;
	variables: PromptVariable[];
	tools: PromptTool[];
	promptRole: 'system' | 'user';
	/** As the file names it; `provider/model` if it says which provider. */
	model?: string;
	/** Temperature and the like, under the names that the file uses. */
	parameters?: Record<string, unknown>;
	/** What to ask it with; may contain its variables. */
	questions?: string[];
	/** Fields of the file that we have no place for; an export to the same format writes them again. */
	origin?: { format: string; fields: Record<string, unknown> };
}

/** An answer that another tool recorded and graded. */
export interface ImportedTrial extends Pick<
	Trial,
	'repeat' | 'verdict' | 'score' | 'assertions' | 'output' | 'latencyMs' | 'usage' | 'error'
> {
	/** Position of its case in the suite. */
	case: number;
}

/** A run that another tool made, with its verdicts. */
export interface ImportedRun {
	name: string;
	/** Position in `suites` of the one whose cases it answers. */
	suite: number;
	/** Of its only variant. */
	label: string;
	status: RunStatus;
	/** Where it comes from, and how it ended. */
	reason: string;
	/** ISO 8601, in UTC. */
	startedAt?: string;
	endedAt?: string;
	trials: ImportedTrial[];
}

/** What a file held. Nothing is stored yet, and nothing in it sets an endpoint, a header or a key. */
export interface Imported {
	/** Id of the format. */
	format: string;
	drafts: ImportedDraft[];
	/** `text` is a suite in YAML. */
	suites: { name: string; text: string }[];
	/** `text` is a fixture file in JSON. */
	fixtures: { name: string; text: string }[];
	runs?: ImportedRun[];
	report: ReportEntry[];
}

/** The files beside an imported one. Paths are relative to its folder, with `/`, and never lead out of it. */
export interface Folder {
	/** Rejects with `not-found` if there is none, and with `access-denied` if a link leads out of the folder. */
	read: (path: string) => Promise<string>;
	/** Paths of the files in a folder and its folders; `''` is the folder itself. */
	list: (folder: string) => Promise<string[]>;
}

export interface Format {
	id: string;
	/** Shown in messages and lists. */
	label: string;
	/** How surely a file is of this format: 0 is not, 1 is without doubt; a name alone gives at most 0.4. Never throws. */
	detect(file: ForeignFile): number;
	/**
	 * For formats of JSON Lines: what is read of a line, as JSON on one line; empty if nothing is. Files that are longer than
	 * an import may be are read through it, and refused without it. Never throws.
	 */
	selectLine?(line: string): string;
	/** The positions of selected lines that say nothing which another one does not say too. Never throws. */
	repeatedLines?(lines: readonly string[]): ReadonlySet<number>;
	/** Throws `validation` with line and column if the file is broken. */
	read(file: ForeignFile, folder: Folder): Imported | Promise<Imported>;
}
