import * as l10n from '@vscode/l10n';
import type { PromptKind } from '../../common/model.ts';
import type { PromptMetadata, PromptTool, PromptVariable } from '../promptMetadata.ts';

/** A prompt to begin a draft with. */
export interface PromptTemplate {
	title: string;
	kind: PromptKind;
	/** What the prompt does, in one sentence. */
	description?: string;
	/** When to use it, and when another one is better. */
	when?: string;
	variables: PromptVariable[];
	/** Questions to test it with. */
	questions: string[];
	tools: PromptTool[];
	promptRole: PromptMetadata['promptRole'];
	/** The text, with variables. */
	prompt: string;
}

/** Why a file is not a template. `line` and `column` count from 1, columns in UTF-16 code units. */
export interface TemplateFileProblem {
	message: string;
	line: number;
	column: number;
}

/** Why a template cannot have this title, or undefined. */
export function titleFault(title: string): string | undefined {
	return title.trim() === '' || title.length > templateLimits.title || /[\r\n]/.test(title)
		? l10n.t('The title must be one line of 1 to {0} characters', templateLimits.title)
		: undefined;
}

/** In UTF-16 code units. A longer file is refused before it is parsed. */
export const templateLimits = { file: 1_048_576, frontMatter: 131_072, title: 100 } as const;
