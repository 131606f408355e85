import type { PromptTool, PromptVariable } from '../../prompts/promptMetadata.ts';
import { isRecord } from '../reading/values.ts';
import { chatMessages } from '../writing/chatMessages.ts';
import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toJinja } from '../writing/templates.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import { keptFields, writtenSuite } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';
import * as l10n from '@vscode/l10n';

const kinds = { text: 'string', number: 'float', choice: 'string', json: 'object' } as const;

export const prompty: Writer = {
	id: 'prompty',
	label: 'Prompty (.prompty)',
	parts: ['description', 'model', 'parameters', 'questions', 'tools', 'cases'],
	write({ draft, suites }, findings) {
		const suite = writtenSuite(suites);
		const [first, ...others] = suite?.cases ?? [];
		if (others.length > 0 || first?.assert || suite?.defaults.assert) {
			findings.dropped('cases', l10n.t('The format has one sample and no assertions'));
		}
		const fields = {
			name: draft.name,
			description: draft.description,
			model: modelField(draft.model, draft.parameters),
			inputs: draft.variables.length === 0 ? undefined : draft.variables.map(inputField),
			sample: first?.vars,
			tools: draft.tools.length === 0 ? undefined : draft.tools.map(toolField),
			template: { format: { kind: 'jinja2' }, parser: { kind: 'prompty' } },
			...keptFields('prompty', draft.origin),
		};
		const body = chatMessages(draft, suite, findings)
			.map(({ role, content }) => `${role}:\n${toJinja(content, draft.variables, findings)}`)
			.join('\n\n');
		return [{ path: `${fileName(draft.name)}.prompty`, text: withFrontMatter(fields, body) }];
	},
};

function modelField(model: string | undefined, parameters: Record<string, unknown> | undefined): unknown {
	const [, provider, id] = /^(openai|anthropic)\/(.+)$/s.exec(model ?? '') ?? [];
	const named = model === undefined ? {} : { id: id ?? model, ...(provider !== undefined && { provider }) };
	return model === undefined && parameters === undefined
		? undefined
		: { ...named, apiType: 'chat', ...(parameters && { options: parameters }) };
}

function inputField(variable: PromptVariable): Record<string, unknown> {
	const { name, type, choices, note } = variable;
	return {
		name,
		kind: kinds[type],
		...(note !== undefined && { description: note }),
		...(type === 'choice' && { enumValues: choices }),
		...(variable.default !== undefined && { default: variableDefault(variable) }),
	};
}

function toolField({ name, description, inputSchema }: PromptTool): Record<string, unknown> {
	return { name, kind: 'function', description, parameters: isRecord(inputSchema) ? inputSchema : {} };
}
