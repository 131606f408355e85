import * as l10n from '@vscode/l10n';
import { AppError, toAppError } from '../../common/errors.ts';
import { textHash } from '../../disk/textHash.ts';
import { estimateTokens } from '../../common/estimateTokens.ts';
import { emptyTurn, type Turn } from '../../common/turn.ts';
import { shownLimit, shownTurn } from '../../common/shownTurn.ts';
import { isRunningTest, type Draft, type Message, type PromptVersion, type TestResult } from '../../common/model.ts';
import {
	chatPage,
	type DraftView,
	type MessageView,
	type ResultRow,
	type RunView,
} from '../../common/workshopProtocol.ts';
import type { LiveRun } from '../../workshop/liveRuns.ts';
import { checkContentForCommit, checkContentForTest, cutText } from '../../workshop/rules.ts';

/** Records of the store as the page shows them. */

/** Characters of an answer that a row of the history carries. */
const rowPreview = 200;

function reason(check: () => void): string | null {
	try {
		check();
		return null;
	} catch (thrown) {
		return toAppError(thrown).message;
	}
}

/** What the chat shows about a draft, apart from its messages. */
export interface ChatFacts {
	/** The last fenced block of the last answer that has one. */
	lastBlock: string | undefined;
	nextSteps: string[];
}

export function draftView(
	draft: Draft,
	versions: readonly PromptVersion[],
	{ lastBlock, nextSteps }: ChatFacts,
): DraftView {
	const { id, draftName, draftDescription, status, parentPromptName, draftContent, metadata } = draft;
	const blockHash = lastBlock === undefined ? undefined : textHash(lastBlock);
	const committedAs = metadata['committed_as'];
	return {
		id,
		name: draftName,
		description: draftDescription,
		status,
		parentPromptName,
		committedAs: typeof committedAs === 'string' ? committedAs : null,
		characters: draftContent.length,
		tokens: estimateTokens(draftContent),
		testBlocked: reason(() => checkContentForTest(draftContent)),
		commitBlocked: reason(() => checkContentForCommit(draftContent)),
		newBlock:
			blockHash !== undefined &&
			lastBlock !== draftContent &&
			!versions.some(({ contentHash }) => contentHash === blockHash),
		nextSteps,
	};
}

/** The whole turn of a message; made of its texts where its own is not stored: while it streams, or a crash cut it off. */
export function messageTurn({ parts, content, thinking }: Message): Turn {
	if (parts) {
		return parts;
	}
	const blocks: Turn['blocks'] = [];
	if (thinking) {
		blocks.push({ type: 'thinking', id: 'thinking', text: thinking });
	}
	if (content) {
		blocks.push({ type: 'text', id: 'text', text: content });
	}
	return { blocks };
}

/** `live`: a run of this window streams it, so its text comes with the run. */
export function messageView(message: Message, live: boolean): MessageView {
	const { id, role, content, status, model, answeredModel, createdAt, requestRef } = message;
	const isUser = role === 'user';
	return {
		id,
		role: isUser ? 'user' : 'assistant',
		text: isUser ? content : '',
		turn: isUser || live ? emptyTurn : shownTurn(messageTurn(message)),
		status,
		model,
		answeredModel,
		createdAt,
		hasRequest: requestRef !== null,
	};
}

/** The newest messages that go to the page together: `chatPage` of them, fewer where their texts are long. */
export function newestPage(messages: readonly Message[]): Message[] {
	let start = messages.length;
	for (let length = 0; start > 0 && messages.length - start < chatPage && length < shownLimit; start--) {
		const { content, thinking } = messages[start - 1] ?? { content: '', thinking: null };
		length += Math.min(content.length, shownLimit) + Math.min(thinking?.length ?? 0, shownLimit);
	}
	return messages.slice(start);
}

/** Changes when what `messageView` answers does. */
export function messageMark({ status, content, thinking, model, requestRef }: Message, live: boolean): string {
	return live ? `live ${model}` : `${status} ${content.length} ${thinking?.length} ${model} ${requestRef}`;
}

/** Number of a version among its owner's, the oldest being 1; `versions` newest first. */
export function versionNumber(versions: readonly PromptVersion[], versionId: number | null): number | null {
	const index = versions.findIndex(({ id }) => id === versionId);
	return index === -1 ? null : versions.length - index;
}

/** `live`: ids of the tests that run in this window. */
export function runsElsewhere(result: TestResult, live: readonly string[]): boolean {
	return isRunningTest(result) && !live.includes(result.testId);
}

export function resultRow(
	result: TestResult,
	versions: readonly PromptVersion[],
	live: readonly string[] = [],
): ResultRow {
	const { testId, query, topic, model, status, articleCount, executionTimeMs, costUsd, timestamp } = result;
	return {
		testId,
		query,
		topic,
		model,
		answeredModel: result.answeredModel,
		status,
		elsewhere: runsElsewhere(result, live),
		rating: result.userRating,
		notes: result.notes,
		preview: cutText(result.responsePreview, rowPreview),
		articleCount,
		executionTimeMs,
		costUsd,
		version: versionNumber(versions, result.versionId),
		timestamp,
	};
}

/**
 * An older result to compare a model's with, whose full answer is stored, of the same question where there is one. What is
 * no model's takes no part. `results`: newest first.
 */
export function previousResult(results: readonly TestResult[], result: TestResult): TestResult | undefined {
	const index = results.findIndex(({ testId }) => testId === result.testId);
	const older = result.isModel
		? results.slice(index + 1).filter(({ fullResponseStored, isModel }) => fullResponseStored && isModel)
		: [];
	return older.find(({ query }) => query === result.query) ?? older[0];
}

/** Questions offered again. */
export const mostRecent = 10;

/** The newest different questions. */
export function recentQueries(results: readonly TestResult[]): string[] {
	return [...new Set(results.map(({ query }) => query))].slice(0, mostRecent);
}

export function runView(run: LiveRun): RunView {
	const { kind, key, model, isModel, query = '', topic = '', position } = run;
	const elapsed = run.elapsed();
	return { kind, key, model, isModel, query, topic, turn: shownTurn(run.turn), position, elapsed };
}

export function requireOwn(result: TestResult, draftId: number): TestResult {
	if (result.draftId !== draftId) {
		throw new AppError('not-found', l10n.t('Test result not found in this draft'));
	}
	return result;
}
