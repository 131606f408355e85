import * as vscode from 'vscode';
import { isRecord } from '../../providers/json.ts';
import type { MessageContent, ModelMessage } from '../../providers/provider.ts';

function fromAssistant(
	part: MessageContent,
): vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart | undefined {
	if (part.type === 'tool-call') {
		return new vscode.LanguageModelToolCallPart(part.id, part.name, isRecord(part.input) ? part.input : {});
	}
	return part.type === 'text' && part.text !== '' ? new vscode.LanguageModelTextPart(part.text) : undefined;
}

function fromUser(part: MessageContent): vscode.LanguageModelTextPart | vscode.LanguageModelToolResultPart | undefined {
	if (part.type === 'tool-result') {
		return new vscode.LanguageModelToolResultPart(part.id, [new vscode.LanguageModelTextPart(part.content)]);
	}
	return part.type === 'text' && part.text !== '' ? new vscode.LanguageModelTextPart(part.text) : undefined;
}

/**
 * Converts a conversation to the editor's format: the system prompt as the first user message, tool results in user
 * messages.
 */
export function toEditorMessages(system: string, messages: readonly ModelMessage[]): vscode.LanguageModelChatMessage[] {
	const { User, Assistant } = vscode.LanguageModelChatMessageRole;
	const result = system === '' ? [] : [vscode.LanguageModelChatMessage.User(system)];
	for (const { role, content } of messages) {
		const parts = content
			.map((part) => (role === 'assistant' ? fromAssistant(part) : fromUser(part)))
			.filter((part) => part !== undefined);
		if (parts.length > 0) {
			result.push(new vscode.LanguageModelChatMessage(role === 'assistant' ? Assistant : User, parts));
		}
	}
	return result;
}

/**
 * The text of a part that the stable API has no type for, if it is thinking: the proposed `LanguageModelThinkingPart`
 * holds it in `value`, a string or a list of strings. Anything else gives ''.
 */
export function thinkingOf(part: unknown): string {
	if (!isRecord(part) || part instanceof vscode.LanguageModelDataPart) {
		return '';
	}
	const value = part['value'];
	if (Array.isArray(value)) {
		return value.filter((piece) => typeof piece === 'string').join('');
	}
	return typeof value === 'string' ? value : '';
}
