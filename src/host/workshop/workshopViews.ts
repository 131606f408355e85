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
	type ToolView,
	type VariableView,
} from '../../common/workshopProtocol.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';
import { nameOf, undeclaredTags } from '../../prompts/variables/variableNames.ts';
import { mockOf } from '../../prompts/mockTools.ts';
import { type PromptTool, type PromptVariable, readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { LiveRun } from '../../workshop/liveRuns.ts';
import { cutText } from '../../common/cutText.ts';
import { checkContentForCommit, checkContentForTest } from '../../workshop/rules.ts';

/** Converts records of the store to what the page shows. */

/** Questions that are suggested for a first test. */
const maxQuestions = 4;
/** Maximum characters of an answer in a row of the history. */
const rowPreview = 200;

function reason(check: () => void): string | null {
	try {
		check();
		return null;
	} catch (thrown) {
		return toAppError(thrown).message;
	}
}

/** What the chat shows about a draft besides its messages. */
export interface ChatFacts {
	/** The last fenced block of the last answer that has one. */
	lastBlock: string | undefined;
	nextSteps: string[];
	/** A question that the design assistant suggested for a test. */
	suggestedQuestion: string | undefined;
}

export function draftView(
	draft: Draft,
	versions: readonly PromptVersion[],
	{ lastBlock, nextSteps, suggestedQuestion }: ChatFacts,
): DraftView {
	const { id, draftName, draftDescription, status, parentPromptName, draftContent, metadata } = draft;
	const blockHash = lastBlock === undefined ? undefined : textHash(lastBlock);
	const committedAs = metadata['committed_as'];
	const { kind, testForm, variables, questions, tools, promptRole } = readPromptMetadata(metadata);
	const { topic, thinking, limit, vars } = testForm;
	const template = parseTemplate(draftContent);
	return {
		id,
		name: draftName,
		description: draftDescription,
		status,
		kind,
		testForm: { topic, thinking, limit, vars },
		variables: variables.map(variableView),
		usedVariables: namesOf(template.tags),
		undeclared: namesOf(undeclaredTags(template, variables)),
		promptRole,
		tools: tools.map(toolView),
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
		blockInUse: lastBlock === draftContent && draftContent !== '',
		questions: [...new Set([...(suggestedQuestion ? [suggestedQuestion] : []), ...questions])].slice(
			0,
			maxQuestions,
		),
		nextSteps,
	};
}

function variableView({ name, type, default: usual, choices, note }: PromptVariable): VariableView {
	return { name, type, default: usual, choices, note };
}

function toolView(tool: PromptTool): ToolView {
	const { name, description, result, results } = mockOf(tool);
	const otherwise = result === undefined ? 'none' : result.isError ? 'error' : 'result';
	return { name, description, results: results.length, otherwise };
}

function namesOf(tags: readonly TemplateTag[]): string[] {
	return [...new Set(tags.flatMap((tag) => nameOf(tag) ?? []))];
}

/** The turn of a message, or one made from its texts if no turn is stored: while it streams, or after a crash. */
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

/** `live`: the message is being streamed by a run of this window, so its text comes with the run. */
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

/** The newest messages to send to the page: `chatPage` of them, or fewer if they are long. */
export function newestPage(messages: readonly Message[]): Message[] {
	let start = messages.length;
	for (let length = 0; start > 0 && messages.length - start < chatPage && length < shownLimit; start--) {
		const { content, thinking } = messages[start - 1] ?? { content: '', thinking: null };
		length += Math.min(content.length, shownLimit) + Math.min(thinking?.length ?? 0, shownLimit);
	}
	return messages.slice(start);
}

/** Changes whenever the result of `messageView` does. */
export function messageFingerprint({ status, content, thinking, model, requestRef }: Message, live: boolean): string {
	return live ? `live ${model}` : `${status} ${content.length} ${thinking?.length} ${model} ${requestRef}`;
}

/** The number of a version; the oldest is 1. `versions` is newest first. */
export function versionNumber(versions: readonly PromptVersion[], versionId: number | null): number | null {
	const index = versions.findIndex(({ id }) => id === versionId);
	return index === -1 ? null : versions.length - index;
}

/** `live`: ids of the tests that are running in this window. */
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
 * The result to compare a model's result with: an older one with a stored full answer, preferably for the same
 * question. Results of the guide are excluded. `results` is newest first.
 */
export function previousResult(results: readonly TestResult[], result: TestResult): TestResult | undefined {
	const index = results.findIndex(({ testId }) => testId === result.testId);
	const older = result.isModel
		? results.slice(index + 1).filter(({ fullResponseStored, isModel }) => fullResponseStored && isModel)
		: [];
	return older.find(({ query }) => query === result.query) ?? older[0];
}

/** Maximum number of recent questions that are offered. */
export const maxRecentQueries = 10;

/** The newest distinct questions, then those that the draft's template proposes. */
export function recentQueries(results: readonly TestResult[], proposed: readonly string[] = []): string[] {
	const asked = results.flatMap(({ query }) => (query === '' ? [] : [query]));
	return [...new Set([...asked, ...proposed])].slice(0, maxRecentQueries);
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
