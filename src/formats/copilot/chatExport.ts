import * as l10n from '@vscode/l10n';
import { jsonDepth, maxJsonDepth } from '../capture/jsonDepth.ts';
import type { Findings } from '../reading/findings.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, type Fields } from '../reading/values.ts';

/** Whether JSON is what *Export Chat…* of VS Code writes. */
export function isChatExport(json: unknown): json is Fields {
	return (
		isRecord(json) &&
		('responderUsername' in json || 'requesterUsername' in json) &&
		recordsOf(json['requests']).some(({ message }) => message !== undefined)
	);
}

/** What is shown of an answer and is not part of it. */
const shownOnly = new Set([
	...['progressMessage', 'progressTask', 'progressTaskSerialized', 'undoStop', 'codeblockUri', 'mcpServersStarting'],
	...['prepareToolInvocation', 'mcpServersStartingSerialized', 'confirmation', 'elicitationSerialized'],
]);

/**
 * The messages of a chat, in the form of chat APIs. Where Copilot noted the rounds of an answer, they are taken: thinking,
 * text, calls and results in their order. Else the answer is what the editor showed. Format: `IExportableChatData` in
 * `vs/workbench/contrib/chat/common/model/chatModel.ts` of VS Code.
 */
export function chatExportMessages(json: Fields, findings: Findings): Fields[] {
	const left = new Set<string>();
	const messages = recordsOf(json['requests']).flatMap((request) => {
		const { message, result, response, variableData } = request;
		const metadata = isRecord(result) && isRecord(result['metadata']) ? result['metadata'] : {};
		const rounds = recordsOf(metadata['toolCallRounds']);
		if (isRecord(variableData) && listOf(variableData['variables']).length > 0) {
			left.add(l10n.t('attached files and selections'));
		}
		if (request['modelId'] !== undefined) {
			left.add('modelId');
		}
		if (request['isCanceled'] === true || (isRecord(result) && isRecord(result['errorDetails']))) {
			const details = isRecord(result) && isRecord(result['errorDetails']) ? result['errorDetails'] : {};
			findings.kept(
				textOfMessage(message).slice(0, 60),
				l10n.t('Its answer is not complete: {0}', scalarText(details['message']) ?? l10n.t('it was stopped')),
			);
		}
		return [
			{ role: 'user', content: textOfMessage(message) },
			...(rounds.length > 0
				? messagesOfRounds(rounds, isRecord(metadata['toolCallResults']) ? metadata['toolCallResults'] : {})
				: messagesOfParts(listOf(response), left)),
		];
	});
	if (left.size > 0) {
		findings.dropped([...left].join(', '), l10n.t('The export only shows them beside the messages'));
	}
	findings.kept('system', l10n.t('The export does not hold the system message: export the prompt logs to have it'));
	return messages;
}

function textOfMessage(message: unknown): string {
	return typeof message === 'string' ? message : isRecord(message) ? asText(message['text']) : '';
}

function messagesOfRounds(rounds: readonly Fields[], results: Fields): Fields[] {
	return rounds.flatMap((round) => {
		const calls = recordsOf(round['toolCalls']);
		const thinking = isRecord(round['thinking']) ? joined(round['thinking']['text']) : '';
		return [
			{
				role: 'assistant',
				content: asText(round['response']),
				...(thinking !== '' && { reasoning: thinking }),
				...(calls.length > 0 && {
					tool_calls: calls.map(({ id, name, arguments: input }) => ({
						id,
						type: 'function',
						function: { name, arguments: input },
					})),
				}),
			},
			...calls.flatMap(({ id }) => {
				const found = typeof id === 'string' && Object.hasOwn(results, id) ? results[id] : undefined;
				return isRecord(found)
					? [{ role: 'tool', tool_call_id: id, content: listOf(found['content']).map(partText).join('\n') }]
					: [];
			}),
		];
	});
}

/** One message for each part that was shown; texts after one another are one. */
function messagesOfParts(parts: readonly unknown[], left: Set<string>): Fields[] {
	const messages: Fields[] = [];
	for (const message of parts.flatMap((part) => messagesOfPart(part, left))) {
		const before = messages.at(-1);
		if (before && Object.keys(before).length === 2 && Object.keys(message).length === 2) {
			before['content'] = asText(before['content']) + asText(message['content']);
		} else {
			messages.push(message);
		}
	}
	return messages;
}

function messagesOfPart(part: unknown, left: Set<string>): Fields[] {
	if (typeof part === 'string') {
		return [{ role: 'assistant', content: part }];
	}
	if (!isRecord(part)) {
		return [];
	}
	const kind = scalarText(part['kind']) ?? '';
	if (kind === '' || kind === 'markdownContent') {
		const content = isRecord(part['content']) ? part['content']['value'] : part['value'];
		return [{ role: 'assistant', content: asText(content) }];
	}
	if (kind === 'thinking') {
		const reasoning = joined(part['value']);
		return reasoning === '' ? [] : [{ role: 'assistant', content: '', reasoning }];
	}
	if (kind === 'inlineReference') {
		return [{ role: 'assistant', content: referenceName(part) }];
	}
	if (kind === 'toolInvocationSerialized') {
		return messagesOfTool(part);
	}
	if (!shownOnly.has(kind)) {
		left.add(kind);
	}
	return [];
}

function messagesOfTool({ toolCallId, toolId, resultDetails, pastTenseMessage }: Fields): Fields[] {
	const details = isRecord(resultDetails) ? resultDetails : {};
	const outputs = listOf(details['output']).map(partText);
	const told = isRecord(pastTenseMessage) ? pastTenseMessage['value'] : pastTenseMessage;
	return [
		{
			role: 'assistant',
			content: '',
			tool_calls: [
				{
					id: toolCallId,
					type: 'function',
					function: { name: toolId, arguments: scalarText(details['input']) ?? '{}' },
				},
			],
		},
		{
			role: 'tool',
			tool_call_id: toolCallId,
			content: outputs.length > 0 ? outputs.join('\n') : (scalarText(told) ?? ''),
		},
	];
}

/** A file or symbol by its name, as the editor shows it. */
function referenceName({ name, inlineReference }: Fields): string {
	const target = isRecord(inlineReference) ? inlineReference : {};
	const location = isRecord(target['location']) ? target['location'] : target;
	const uri = isRecord(location['uri']) ? location['uri'] : location;
	return scalarText(name) ?? scalarText(target['name']) ?? (scalarText(uri['path']) ?? '').split('/').at(-1) ?? '';
}

/** A part of a result: a text, or the tree that Copilot builds prompts of, of which the texts are kept. */
function partText(part: unknown): string {
	if (isRecord(part) && part['isText'] === false) {
		return `[${scalarText(part['mimeType']) ?? 'data'}]`;
	}
	const value = isRecord(part) ? part['value'] : part;
	if (typeof value === 'string') {
		return value;
	}
	const json = JSON.stringify(value ?? '');
	const isTree = isRecord(value) && isRecord(value['node']) && jsonDepth(json, maxJsonDepth) <= maxJsonDepth;
	return isTree ? textsOfTree(value['node']).join('') : asText(value);
}

function textsOfTree(node: unknown): string[] {
	return isRecord(node)
		? [
				...(typeof node['text'] === 'string' ? [node['text']] : []),
				...listOf(node['children']).flatMap(textsOfTree),
			]
		: [];
}

function joined(text: unknown): string {
	return Array.isArray(text) ? text.map(asText).join('') : asText(text ?? '');
}
