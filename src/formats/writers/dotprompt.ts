import * as l10n from '@vscode/l10n';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { isRecord } from '../reading/values.ts';
import { chatMessages } from '../writing/chatMessages.ts';
import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toHandlebars } from '../writing/templates.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import { keptFields, writtenSuite } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

export const dotprompt: Writer = {
	id: 'dotprompt',
	label: 'Dotprompt (.prompt)',
	parts: ['description', 'model', 'parameters', 'questions', 'tools', 'cases'],
	write({ draft, suites }, findings) {
		const suite = writtenSuite(suites);
		if (suite && suite.cases.length > 0) {
			findings.dropped('cases', l10n.t('The format has no cases'));
		}
		const defaults = Object.fromEntries(
			draft.variables.flatMap((variable) =>
				variable.default === undefined ? [] : [[variable.name, variableDefault(variable)]],
			),
		);
		const schema = Object.fromEntries(draft.variables.map(picoschema));
		const input = {
			...(draft.variables.length > 0 && { schema }),
			...(Object.keys(defaults).length > 0 && { default: defaults }),
		};
		const kept = keptFields('dotprompt', draft.origin);
		const fields = {
			name: draft.name,
			description: draft.description,
			model: draft.model,
			config: draft.parameters,
			input: Object.keys(input).length > 0 ? input : undefined,
			toolDefs:
				draft.tools.length > 0
					? draft.tools.map(({ name, description, inputSchema }) => ({
							name,
							description,
							inputSchema: isRecord(inputSchema) ? inputSchema : {},
						}))
					: undefined,
			...kept,
		};
		const messages = chatMessages(draft, suite, findings);
		const body = messages.reduce((text, { role, content }) => {
			const name = role === 'assistant' ? 'model' : role;
			return afterRole(beforeRole(text), name, toHandlebars(content, findings));
		}, '');
		return [{ path: `${fileName(draft.name)}.prompt`, text: withFrontMatter(fields, body) }];
	},
};

/** A line break before the next role that is not part of the message: the tilde of its tag takes it away. */
function beforeRole(text: string): string {
	return text === '' || /\s$/.test(text) ? `${text}{{` : `${text}\n\n{{~`;
}

function afterRole(text: string, role: string, content: string): string {
	return `${text}role "${role}"${/^\s/.test(content) ? '}}' : '~}}\n'}${content}`;
}

/** `name: type, note`; a choice lists its values. */
function picoschema({ name, type, choices, note }: PromptVariable): [string, unknown] {
	const told = note === undefined ? '' : `, ${note}`;
	switch (type) {
		case 'choice':
			return [`${name}(enum${told.replaceAll(')', '')})`, choices ?? []];
		case 'json':
			return [name, `any${told}`];
		case 'number':
			return [name, `number${told}`];
		default:
			return [name, `string${told}`];
	}
}
