import type { ExportedFile } from '../../common/api.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';

/** A prompt and the suites that test it. */
export interface Exported {
	draft: ImportedDraft;
	/** `text` is a suite in YAML. */
	suites: readonly { name: string; text: string }[];
}

/** Files of another tool. Paths are relative, with `/`, of letters, digits and hyphens: none leads out of a folder. */
export interface ExportedFiles {
	files: ExportedFile[];
	report: ReportEntry[];
}

/** What a prompt may have besides its name and text. */
export type PromptPart = 'description' | 'model' | 'parameters' | 'questions' | 'tools' | 'cases';

export interface Writer {
	/** Id of the format. */
	id: string;
	/** Shown in lists. */
	label: string;
	/** What `write` writes, or names itself as far as it cannot. */
	parts: readonly PromptPart[];
	/** What cannot be said in the format is named in `findings`. */
	write(exported: Exported, findings: Findings): ExportedFiles['files'];
}
