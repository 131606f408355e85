import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { isRecord, listOf, scalarText } from '../reading/values.ts';
import type { SuiteMessageText } from '../suiteText.ts';

/** A message of a prompt, in our template language. */
export interface PromptMessage {
	role: string;
	content: string;
	line?: number;
}

/** A prompt of several messages as we have it: one text, and what is asked after it. */
export interface AskedPrompt {
	text: string;
	promptRole: 'system' | 'user';
	/** The one message of the user that follows. */
	query?: string;
	/** All that follows, if it is more than one message. */
	messages?: SuiteMessageText[];
	/** The answer at the end, which was recorded or is expected. */
	answer?: string;
}

const roles: Readonly<Record<string, 'system' | 'user' | 'assistant'>> = {
	system: 'system',
	developer: 'system',
	user: 'user',
	human: 'user',
	assistant: 'assistant',
	model: 'assistant',
	ai: 'assistant',
};

/**
 * Divides the messages of a prompt: what the system says is the draft, and the rest is asked. Without a system message
 * the first message of the user is the draft. Undefined if there is nothing for a draft.
 */
export function promptOfMessages(messages: readonly PromptMessage[], findings: Findings): AskedPrompt | undefined {
	const system: string[] = [];
	const rest: SuiteMessageText[] = [];
	for (const { role, content, line } of messages) {
		const known = roles[role.toLowerCase()];
		if (known === undefined) {
			findings.dropped(role, l10n.t('A message of this role is not part of a prompt here'), line);
		} else if (known === 'system') {
			if (rest.length > 0) {
				findings.changed(role, l10n.t('A system message after others moves to the front'), line);
			}
			system.push(content);
		} else {
			rest.push({ role: known, content });
		}
	}
	const answers: string[] = [];
	while (rest.at(-1)?.role === 'assistant') {
		answers.unshift(rest.pop()?.content ?? '');
	}
	const answer = answers.length === 0 ? {} : { answer: answers.join('\n\n') };
	if (system.length > 0) {
		return { text: system.join('\n\n'), promptRole: 'system', ...asked(rest), ...answer };
	}
	const [first, ...others] = rest;
	return first?.role === 'user'
		? { text: first.content, promptRole: 'user', ...asked(others), ...answer }
		: undefined;
}

function asked(rest: SuiteMessageText[]): Pick<AskedPrompt, 'query' | 'messages'> {
	const [only, ...more] = rest;
	return only === undefined
		? {}
		: only.role === 'user' && more.length === 0
			? { query: only.content }
			: { messages: rest };
}

/** The text of a message's content: a text, or the texts of its parts. Images and files are named. */
export function contentText(content: unknown, findings: Findings, line?: number): string {
	if (!Array.isArray(content)) {
		return isRecord(content) ? contentText([content], findings, line) : (scalarText(content) ?? '');
	}
	return listOf(content)
		.map((part) => {
			if (typeof part === 'string') {
				return part;
			}
			const text = isRecord(part) ? (part['text'] ?? part['content']) : undefined;
			if (typeof text === 'string') {
				return text;
			}
			const type = isRecord(part) ? (scalarText(part['type']) ?? '') : '';
			findings.dropped(
				type || l10n.t('a part of a message'),
				l10n.t('Only texts of a message can be kept'),
				line,
			);
			return '';
		})
		.join('');
}
