import * as l10n from '@vscode/l10n';
import { ConversationBuilder, type ContentPart } from '../capture/conversationBuilder.ts';
import { maxJsonDepth, jsonDepth } from '../capture/jsonDepth.ts';
import type { LabelledConversation } from '../messages/fixtureText.ts';
import type { Findings } from '../reading/findings.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { GenAiSpan } from './spans.ts';

/** The conversation of a span; undefined if it carries no messages. Thinking, calls and results are kept one to one. */
export function spanConversation(
	{ attributes, line }: GenAiSpan,
	label: string,
	findings: Findings,
): LabelledConversation | undefined {
	const builder = new ConversationBuilder();
	const system = structured(attributes['gen_ai.system_instructions']);
	builder.system(
		typeof system === 'string'
			? system
			: recordsOf(system)
					.map((part) => asText(part['content']))
					.join('\n\n'),
	);
	const messages = [
		...listOf(structured(attributes['gen_ai.input.messages'])),
		...listOf(structured(attributes['gen_ai.output.messages'])),
	];
	for (const message of messages.length > 0 ? messages : indexedMessages(attributes)) {
		if (isRecord(message)) {
			addMessage(builder, message, findings, line);
		}
	}
	const built = builder.build();
	return built.messages.length === 0 ? undefined : { ...built, label };
}

/** Attributes hold structures, or their JSON as text. */
export function structured(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || jsonDepth(value, maxJsonDepth) > maxJsonDepth) {
		return value;
	}
	try {
		return JSON.parse(value) as unknown;
	} catch {
		// A text that begins with a bracket.
		return value;
	}
}

/** Older instrumentations number their messages: `gen_ai.prompt.0.role`. */
function indexedMessages(attributes: Fields): Fields[] {
	const messages = new Map<string, Fields>();
	for (const [key, value] of Object.entries(attributes)) {
		const [, kind, index, field] = /^gen_ai\.(prompt|completion)\.(\d{1,6})\.(role|content)$/.exec(key) ?? [];
		if (kind !== undefined && index !== undefined && field !== undefined) {
			const id = `${kind === 'prompt' ? 0 : 1}${index.padStart(6, '0')}`;
			messages.set(id, { role: kind === 'prompt' ? 'user' : 'assistant', ...messages.get(id), [field]: value });
		}
	}
	return [...messages].sort(([a], [b]) => a.localeCompare(b)).map(([, message]) => message);
}

function addMessage(builder: ConversationBuilder, message: Fields, findings: Findings, line: number | undefined): void {
	const role = scalarText(message['role'])?.toLowerCase() ?? '';
	const parts = Array.isArray(message['parts'])
		? recordsOf(message['parts'])
		: [{ type: 'text', content: asText(message['content']) }];
	const content = parts.flatMap((part) => readPart(part, findings, line));
	if (role === 'system' || role === 'developer') {
		builder.system(content.map((part) => ('text' in part ? part.text : '')).join(''));
	} else if (role === 'user' || role === 'assistant' || role === 'model') {
		builder.message(role === 'user' ? 'user' : 'assistant', content);
	} else if (role === 'tool') {
		builder.message('assistant', content);
	} else {
		findings.dropped(role || l10n.t('a message'), l10n.t('Its role is not part of a conversation'), line);
	}
}

function readPart(part: Fields, findings: Findings, line: number | undefined): ContentPart[] {
	const type = scalarText(part['type']) ?? '';
	const id = scalarText(part['id']);
	switch (type) {
		case 'text':
			return [{ type: 'text', text: asText(part['content']) }];
		case 'reasoning':
		case 'thinking':
			return [{ type: 'thinking', text: asText(part['content']) }];
		case 'tool_call':
			return [
				{
					type: 'tool-call',
					...(id !== undefined && { id }),
					name: scalarText(part['name']) ?? 'tool',
					input: structured(part['arguments']) ?? {},
				},
			];
		case 'tool_call_response':
			return [
				{
					type: 'tool-result',
					...(id !== undefined && { id }),
					content: asText(part['response'] ?? part['result']),
				},
			];
		default:
			findings.changed(type || l10n.t('a part of a message'), l10n.t('It is kept as a word in brackets'), line);
			return [{ type: 'text', text: `[${type || 'content'}]` }];
	}
}
