import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from './captureFormat.ts';
import { ConversationBuilder } from './conversationBuilder.ts';
import { isRecord, parsedInput, textOf } from './values.ts';

const users = new Set(['human', 'user', 'prompter']);
const assistants = new Set(['gpt', 'assistant', 'chatgpt', 'bing', 'bard', 'model']);
const results = new Set(['tool', 'observation', 'function', 'function_response', 'function_result']);
const reads = new Set(['conversations', 'system', 'id']);
const turnReads = new Set(['from', 'value']);

/** ShareGPT: `{conversations: [{from, value}]}`. */
export const shareGpt: CaptureFormat = {
	id: 'sharegpt',
	name: 'ShareGPT',
	read(source, losses) {
		const turns = isRecord(source) ? source['conversations'] : undefined;
		if (!isRecord(source) || !Array.isArray(turns)) {
			return undefined;
		}
		if (!turns.some((turn) => isRecord(turn) && typeof turn['from'] === 'string')) {
			return undefined;
		}
		const builder = new ConversationBuilder();
		builder.system(textOf(source['system']));
		for (const [index, turn] of (turns as unknown[]).entries()) {
			const place = l10n.t('message {0}', index + 1);
			const from = isRecord(turn) ? textOf(turn['from']).toLowerCase() : '';
			const text = isRecord(turn) ? turn['value'] : undefined;
			if (!isRecord(turn) || typeof text !== 'string') {
				losses.add('dropped', place, l10n.t('It has no text'));
				continue;
			}
			losses.fields(turn, turnReads);
			if (from === 'system') {
				builder.system(text);
			} else if (users.has(from)) {
				builder.message('user', [{ type: 'text', text }]);
			} else if (assistants.has(from)) {
				builder.message('assistant', [{ type: 'text', text }]);
			} else if (from === 'function_call') {
				const call = parsedInput(text);
				const named = isRecord(call) && typeof call['name'] === 'string';
				builder.message('assistant', [
					{
						type: 'tool-call',
						name: named ? textOf(call['name']) : 'function',
						input: named ? (call['arguments'] ?? {}) : call,
					},
				]);
			} else if (results.has(from)) {
				builder.message('assistant', [{ type: 'tool-result', content: text }]);
			} else {
				const note = l10n.t('Its speaker "{0}" is not part of a conversation', from.slice(0, 60));
				losses.add('dropped', place, note);
			}
		}
		losses.fields(source, reads);
		return builder.build();
	},
};
