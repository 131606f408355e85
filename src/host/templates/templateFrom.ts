import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import { readTemplate } from '../../prompts/templates/readTemplate.ts';
import type { PromptTemplate } from '../../prompts/templates/template.ts';
import { writeTemplate } from '../../prompts/templates/writeTemplate.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { variableOf } from '../../prompts/variables/templateTag.ts';
import { undeclaredTags } from '../../prompts/variables/variableNames.ts';

/** A draft or prompt that becomes a template. */
export interface TemplateSource {
	title: string;
	description: string | null;
	content: string;
	metadata: Record<string, unknown>;
}

/**
 * The template file of a draft or prompt. Variables that are used and not declared are declared as texts.
 *
 * @throws AppError `validation` if the reader would refuse the file
 */
export function templateFrom({ title, description, content, metadata }: TemplateSource, when: string): string {
	const { kind, variables, tools, promptRole, questions } = readPromptMetadata(metadata);
	const missing = new Set(undeclaredTags(parseTemplate(content), variables).map(({ name }) => variableOf(name)));
	const template: PromptTemplate = {
		title: title.trim(),
		kind,
		...(description !== null && description.trim() !== '' && { description: description.trim() }),
		...(when.trim() !== '' && { when: when.trim() }),
		variables: [...variables, ...[...missing].map((name) => ({ name, type: 'text' as const }))],
		questions,
		tools,
		promptRole,
		prompt: content,
	};
	const text = writeTemplate(template);
	const [problem] = readTemplate(text).problems;
	if (problem) {
		throw new AppError('validation', vscode.l10n.t('This prompt cannot be a template yet: {0}', problem.message), {
			info: { field: 'owner' },
		});
	}
	return text;
}
