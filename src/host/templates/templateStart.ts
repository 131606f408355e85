import type { PromptKind, Prompt } from '../../common/model.ts';
import { readPromptMetadata, versionedMetadata } from '../../prompts/promptMetadata.ts';
import type { PromptTemplate } from '../../prompts/templates/template.ts';

/** What a draft that begins with a template starts from. */
export interface TemplateStart {
	templateTitle: string;
	startingPrompt: string;
	kind: PromptKind;
	metadata: Record<string, unknown>;
	/** Text of the suite that tests it. */
	suite?: string;
}

export function startOfTemplate(template: PromptTemplate, suite?: string): TemplateStart {
	const { title, prompt, kind, variables, tools, promptRole, questions } = template;
	return {
		templateTitle: title,
		startingPrompt: prompt,
		kind,
		metadata: {
			...(variables.length > 0 && { variables }),
			...(tools.length > 0 && { tools }),
			...(promptRole !== 'system' && { promptRole }),
			...(questions.length > 0 && { questions }),
		},
		...(suite !== undefined && { suite }),
	};
}

/** A prompt of the library as a template: the draft is not tied to it. */
export function startOfPrompt({
	title,
	content,
	metadata,
}: Pick<Prompt, 'title' | 'content' | 'metadata'>): TemplateStart {
	const { kind } = readPromptMetadata(metadata);
	return { templateTitle: title, startingPrompt: content, kind, metadata: versionedMetadata(metadata) };
}
