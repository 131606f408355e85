import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from './captureFormat.ts';
import { contentParts, contentText, functionCall } from './contentParts.ts';
import { ConversationBuilder, type ContentPart } from './conversationBuilder.ts';
import type { Losses } from './losses.ts';
import { isRecord, records, textOf } from './values.ts';

const itemTypes = new Set(['message', 'reasoning', 'function_call', 'function_call_output']);
const reads = new Set(['instructions', 'input', 'output', 'id', 'object']);

function addItem(builder: ConversationBuilder, item: Record<string, unknown>, place: string, losses: Losses): void {
	switch (item['type'] ?? 'message') {
		case 'message': {
			const { role } = item;
			if (role === 'system' || role === 'developer') {
				builder.system(contentText(item['content'], place, losses));
			} else {
				const parts = contentParts(item['content'], place, losses);
				builder.message(role === 'assistant' ? 'assistant' : 'user', parts);
			}
			break;
		}
		case 'reasoning': {
			const texts = [item['content'], item['summary']].map((list) =>
				records(list).flatMap((part) => textOf(part['text']) || []),
			);
			const text = (texts.find((list) => list.length > 0) ?? []).join('\n\n');
			if (text === '') {
				losses.add('dropped', place, l10n.t('Its reasoning is encrypted or empty'));
			} else {
				builder.message('assistant', [{ type: 'thinking', text }]);
			}
			break;
		}
		case 'function_call':
			builder.message('assistant', [functionCall(item, textOf(item['call_id']))]);
			break;
		case 'function_call_output': {
			const content = contentText(item['output'], place, losses);
			const result: ContentPart = { type: 'tool-result', id: textOf(item['call_id']), content };
			builder.message('assistant', [result]);
			break;
		}
		default: {
			const type = textOf(item['type']).slice(0, 60) || 'item';
			losses.add('changed', place, l10n.t('An item of type "{0}" is kept as a word in brackets', type));
			builder.message('assistant', [{ type: 'text', text: `[${type}]` }]);
		}
	}
}

/**
 * OpenAI Responses: a request (`instructions`, `input`), a response (`output`), one object with both, or a list of
 * items. Format: https://platform.openai.com/docs/api-reference/responses
 */
export const openaiResponses: CaptureFormat = {
	id: 'openai-responses',
	name: 'OpenAI Responses',
	read(source, losses) {
		const exchange = isRecord(source) ? source : {};
		const isList = records(source).some(({ type }) => itemTypes.has(textOf(type)));
		const { input, output } = exchange;
		if (typeof input !== 'string' && !Array.isArray(input) && !Array.isArray(output) && !isList) {
			return undefined;
		}
		const builder = new ConversationBuilder();
		builder.system(textOf(exchange['instructions']));
		if (typeof input === 'string') {
			builder.message('user', [{ type: 'text', text: input }]);
		}
		const given: unknown[] = isList ? [source] : [input, output];
		const items = given.flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
		for (const [index, item] of items.entries()) {
			const place = l10n.t('item {0}', index + 1);
			if (isRecord(item)) {
				addItem(builder, item, place, losses);
			} else {
				losses.add('dropped', place, l10n.t('It is not an object'));
			}
		}
		losses.fields(exchange, reads);
		return builder.build();
	},
};
