import * as l10n from '@vscode/l10n';
import { typeName } from '../../common/typeName.ts';
import type { ContentPart } from './conversationBuilder.ts';
import type { Losses } from './losses.ts';
import { isRecord, parsedInput, textOf } from './values.ts';

/**
 * The content of a message from any API: text, or a list of parts. Parts other than text, thinking and tools (images,
 * files) are replaced by a placeholder in brackets.
 *
 * @param place names the message in the report
 */
export function contentParts(content: unknown, place: string, losses: Losses): ContentPart[] {
	if (typeof content === 'string') {
		return [{ type: 'text', text: content }];
	}
	if (Array.isArray(content)) {
		return content.map((part: unknown) =>
			typeof part === 'string' ? { type: 'text', text: part } : contentPart(part, place, losses),
		);
	}
	if (content !== null && content !== undefined) {
		return [contentPart(content, place, losses)];
	}
	return [];
}

/** The content as text; other parts become a placeholder in brackets. */
export function contentText(content: unknown, place: string, losses: Losses): string {
	return contentParts(content, place, losses)
		.map((part) => ('text' in part ? part.text : part.type === 'tool-result' ? part.content : `[${part.name}]`))
		.join('');
}

function contentPart(part: unknown, place: string, losses: Losses): ContentPart {
	if (!isRecord(part)) {
		losses.add('dropped', place, l10n.t('A part of its content is {0}', typeName(part)));
		return { type: 'text', text: '' };
	}
	const type = textOf(part['type']);
	switch (type) {
		case 'text':
		case 'input_text':
		case 'output_text':
		case 'summary_text':
		case 'reasoning_text':
			return { type: 'text', text: textOf(part['text']) };
		case 'thinking':
		case 'reasoning': {
			if (part['redacted'] === true) {
				return redacted(place, losses);
			}
			// Mistral has a list of texts here, Anthropic a single text, Inspect its own field.
			const thinking = part['thinking'] ?? part['reasoning'] ?? part['text'];
			return { type: 'thinking', text: contentText(thinking, place, losses) };
		}
		case 'redacted_thinking':
			return redacted(place, losses);
		case 'refusal':
			losses.add('changed', place, l10n.t('A refusal is kept as the text of the assistant'));
			return { type: 'text', text: textOf(part['refusal']) };
		case 'tool_use':
		case 'server_tool_use':
			return {
				type: 'tool-call',
				id: textOf(part['id']),
				name: textOf(part['name']),
				input: part['input'] ?? {},
			};
		default:
			if (type.endsWith('tool_result')) {
				return {
					type: 'tool-result',
					id: textOf(part['tool_use_id']),
					content: contentText(part['content'], place, losses),
					...(part['is_error'] === true && { isError: true }),
				};
			}
			if (type === '' && typeof part['text'] === 'string') {
				return { type: 'text', text: part['text'] };
			}
			losses.add(
				'changed',
				place,
				l10n.t('A part of type "{0}" is kept as a word in brackets', type || 'unknown'),
			);
			return { type: 'text', text: `[${type || 'content'}]` };
	}
}

function redacted(place: string, losses: Losses): ContentPart {
	losses.add('changed', place, l10n.t('Thinking that the provider encrypted is replaced by a note'));
	return { type: 'thinking', text: '[redacted by the provider]' };
}

/** A call in OpenAI's format, from `tool_calls` or the older `function_call`. */
export function functionCall(call: Record<string, unknown>, id?: string): ContentPart {
	return {
		type: 'tool-call',
		...(id !== undefined && id !== '' && { id }),
		name: textOf(call['name']),
		input: parsedInput(call['arguments']),
	};
}
