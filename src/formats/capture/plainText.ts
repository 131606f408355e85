import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from './captureFormat.ts';
import { ConversationBuilder } from './conversationBuilder.ts';

const marker =
	/^[ \t]*(?:[#>*_-]+[ \t]*)?(system|user|human|you|student|assistant|ai|bot|tutor|model|thinking)[ \t]*(?:\*\*|__)?:(?:\*\*|__)?[ \t]*/i;
const users = new Set(['user', 'human', 'you', 'student']);

/** Plain text with "User:" and "Assistant:", and optionally "System:" and "Thinking:", at the start of lines. */
export const plainText: CaptureFormat = {
	id: 'plain-text',
	get name() {
		return l10n.t('plain text with "User:" and "Assistant:"');
	},
	read(source, losses) {
		if (typeof source !== 'string') {
			return undefined;
		}
		const turns: { speaker: string; lines: string[] }[] = [];
		let before = 0;
		let inFence = false;
		for (const line of source.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
			const found = inFence ? null : marker.exec(line);
			if (found) {
				turns.push({ speaker: (found[1] ?? '').toLowerCase(), lines: [line.slice(found[0].length)] });
			} else if (turns.length > 0) {
				turns.at(-1)?.lines.push(line);
			} else if (line.trim() !== '') {
				before++;
			}
			if (/^\s*(```|~~~)/.test(line)) {
				inFence = !inFence;
			}
		}
		if (!turns.some(({ speaker }) => users.has(speaker))) {
			return undefined;
		}
		if (before > 0) {
			const note =
				before === 1
					? l10n.t('1 line before the first speaker')
					: l10n.t('{0} lines before the first speaker', before);
			losses.add('dropped', l10n.t('the beginning'), note);
		}
		const builder = new ConversationBuilder();
		for (const { speaker, lines } of turns) {
			const text = lines.join('\n').trim();
			if (speaker === 'system') {
				builder.system(text);
			} else if (speaker === 'thinking') {
				builder.message('assistant', [{ type: 'thinking', text: text }]);
			} else {
				builder.message(users.has(speaker) ? 'user' : 'assistant', [{ type: 'text', text: text }]);
			}
		}
		return builder.build();
	},
};
