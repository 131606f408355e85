import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import { contentText, promptOfMessages } from '../messages/promptOfMessages.ts';
import type { Findings } from '../reading/findings.ts';
import { safeParameters } from '../reading/parameters.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import { fromBraces } from '../template/fromBraces.ts';
import { variablesOf } from '../template/variablesOf.ts';

const parameterNames = ['temperature', 'top_p', 'max_output_tokens', 'max_tokens', 'reasoning', 'text', 'verbosity'];
const read = new Set([
	...parameterNames,
	'id',
	'object',
	'name',
	'model',
	'instructions',
	'messages',
	'input',
	'tools',
	'prompt',
	'version',
	'variables',
	'description',
]);

/** Whether an object is a prompt of OpenAI's dashboard, or a request or response that holds one. */
export function isPromptObject(value: unknown): value is Fields {
	if (!isRecord(value)) {
		return false;
	}
	const inner = isRecord(value['prompt']) ? value['prompt'] : value;
	const isNamed = typeof inner['id'] === 'string' && inner['id'].startsWith('pmpt_');
	return (
		isNamed ||
		(value['object'] === 'response' && value['instructions'] !== undefined && value['instructions'] !== null)
	);
}

/** A pasted prompt object. They have no export, so what the dashboard or a response shows is read. */
export function readPromptObject(value: Fields, findings: Findings): ImportedDraft[] {
	const inner = isRecord(value['prompt']) ? value['prompt'] : value;
	const source = { ...inner, ...value };
	const id = scalarText(inner['id']) ?? 'prompt';
	const written = source['instructions'] ?? source['messages'] ?? source['input'];
	const messages =
		typeof written === 'string'
			? [{ role: 'system', content: written }]
			: recordsOf(written).filter(({ role }) => role !== undefined);
	const prompt = promptOfMessages(
		messages.map(({ role, content }) => ({
			role: scalarText(role) ?? '',
			content: fromBraces(contentText(content, findings), findings),
		})),
		findings,
	);
	if (!prompt) {
		findings.dropped(
			id,
			l10n.t('It is only a reference to a prompt: paste its text too, since prompt objects cannot be exported'),
		);
		return [];
	}
	const values = isRecord(inner['variables']) ? inner['variables'] : {};
	const known = Object.fromEntries(Object.entries(values).map(([name, one]) => [name, { default: one }]));
	if (value['object'] === 'response' && Object.keys(values).length > 0) {
		findings.changed(id, l10n.t('A response shows the prompt with its variables filled in'));
	}
	for (const field of Object.keys(source).filter((name) => !read.has(name) && source[name] !== null)) {
		findings.dropped(field, l10n.t('A draft has no place for it'));
	}
	const set = parameterNames.filter((name) => source[name] !== undefined && source[name] !== null);
	const { parameters } = safeParameters(Object.fromEntries(set.map((name) => [name, source[name]])), findings);
	const texts = [prompt.text, prompt.query ?? '', ...(prompt.messages ?? []).map(({ content }) => content)];
	const model = scalarText(source['model']);
	if (prompt.messages) {
		findings.dropped(
			'messages',
			l10n.t('Messages after the first are not part of a draft: keep them as a case of a suite'),
		);
	}
	return [
		{
			name: scalarText(source['name']) ?? id,
			...(scalarText(source['description']) !== undefined && {
				description: scalarText(source['description']) ?? '',
			}),
			text: prompt.text,
			kind: recordsOf(source['tools']).length > 0 ? 'agent' : 'assistant',
			variables: variablesOf(texts, known),
			tools: functionTools(source['tools'], findings),
			promptRole: prompt.promptRole,
			...(model !== undefined && { model: `openai/${model}` }),
			...(parameters && { parameters }),
			...(prompt.query !== undefined && { questions: [prompt.query] }),
		},
	];
}

/** Functions of a request, in the form of any OpenAI API. */
export function functionTools(written: unknown, findings: Findings): ImportedDraft['tools'] {
	const names = new Set<string>();
	return recordsOf(written).flatMap((entry) => {
		const tool = isRecord(entry['function']) ? entry['function'] : entry;
		const name = scalarText(tool['name']);
		if (name === undefined || !/^[A-Za-z0-9_-]{1,64}$/.test(name) || names.size === names.add(name).size) {
			findings.dropped(
				name ?? scalarText(entry['type']) ?? 'tool',
				l10n.t('Only functions with a name of their own are tools of a draft'),
			);
			return [];
		}
		const schema = tool['parameters'] ?? tool['inputSchema'] ?? tool['input_schema'];
		return [
			{ name, description: scalarText(tool['description']) ?? '', inputSchema: isRecord(schema) ? schema : {} },
		];
	});
}
