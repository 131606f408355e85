import * as vscode from 'vscode';
import type { FixtureMessage } from '../../common/api.ts';
import { AppError } from '../../common/errors.ts';
import { questionText } from '../../common/questionText.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import type { CapturedConversation } from '../../formats/capture/conversationBuilder.ts';
import { messageOfTurn } from '../../formats/capture/toFixtureFile.ts';
import type { LabServices } from './labServices.ts';

/** What is captured, with a name and a description of its source. */
export interface CapturedSource {
	proposedName: string;
	description: string;
	conversations: CapturedConversation[];
	/** What was changed or dropped, if anything. */
	report?: ReportEntry[];
}

/** A test as a conversation with one question, including the thinking and tool calls of its full answer. */
export async function capturedTest(
	{ workshop, openStore }: Pick<LabServices, 'workshop' | 'openStore'>,
	testId: string,
): Promise<CapturedSource> {
	const store = await openStore();
	const result = await store.read(({ results }) => results.get(testId));
	const full = await workshop.response(testId);
	if (!full) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('The full answer of this test is not stored, so it cannot be captured. Run the test again'),
		);
	}
	const messages: FixtureMessage[] = [{ role: 'user', content: full.query }, messageOfTurn(full.turn)];
	return {
		proposedName: questionText(result.query).slice(0, 60),
		description: vscode.l10n.t('Test on {0} with {1}, {2}', result.topic, result.model, result.timestamp),
		conversations: [{ systemPrompt: full.systemPrompt, messages }],
	};
}

/** The workshop chat of a draft, with its meta-prompt. */
export async function capturedChat(
	{ openStore }: Pick<LabServices, 'openStore'>,
	draftId: number,
): Promise<CapturedSource> {
	const store = await openStore();
	const { draft, stored } = await store.read(({ drafts, chats }) => {
		const found = drafts.get(draftId);
		return {
			draft: found,
			stored: found.workshopChatId === null ? [] : chats.messages(found.workshopChatId),
		};
	});
	const systemPrompt = stored
		.filter(({ role }) => role === 'system')
		.map(({ content }) => content)
		.join('\n\n');
	const messages = stored.flatMap(({ role, content, thinking, parts }): FixtureMessage[] => {
		if (role === 'system') {
			return [];
		}
		if (role === 'assistant' && parts) {
			return [messageOfTurn(parts)];
		}
		return [{ role, content, ...(thinking && { thinking }) }];
	});
	if (messages.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('This draft has no chat to capture'));
	}
	return {
		proposedName: draft.draftName ?? vscode.l10n.t('Workshop chat {0}', draftId),
		description: vscode.l10n.t('Workshop chat, {0} messages', messages.length),
		conversations: [{ systemPrompt, messages }],
	};
}
