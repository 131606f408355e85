import type * as vscode from 'vscode';
import type { LintFinding } from '../../common/api.ts';
import type { Draft } from '../../common/model.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { lintSeverities } from '../kit/settings.ts';

/**
 * Lints the current text of a draft by its kind, tools and variables, the model that it is tested with, and the user's
 * settings. The rules are loaded on first use.
 *
 * @param uri Of its document: settings may depend on it.
 */
export async function lintDraft(
	workshop: Pick<Workshop, 'modelsOf' | 'contextTokens'>,
	{ id, metadata }: Pick<Draft, 'id' | 'metadata'>,
	text: string,
	uri: vscode.Uri,
): Promise<LintFinding[]> {
	const { kind, tools, variables } = readPromptMetadata(metadata);
	const { test: model } = await workshop.modelsOf(id);
	const { lintPrompt } = await import('../../prompts/lint/lintPrompt.ts');
	return lintPrompt(text, {
		kind,
		tools: tools.map(({ name }) => name),
		variables,
		model,
		contextTokens: model === undefined ? undefined : workshop.contextTokens(model),
		severities: lintSeverities(uri),
	});
}
