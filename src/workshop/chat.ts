import * as l10n from '@vscode/l10n';
import type { RunOptions } from '../common/api.ts';
import { AppError, isAppError, toAppError } from '../common/errors.ts';
import { type Turn, turnText, turnThinking } from '../common/turn.ts';
import type { Message } from '../common/model.ts';
import { endedByModel, turnEnd } from '../common/turnEnd.ts';
import type { ModelMessage, RunPart } from '../providers/provider.ts';
import type { Run } from '../runs/run.ts';
import type { Repositories } from '../storage/contract.ts';
import { inAnswerPlace } from './answerPlace.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import type { LiveRun } from './liveRuns.ts';
import { notKept } from './notKept.ts';
import { checkThinking } from './rules.ts';

type MetaPromptBuilder = (typeof import('./metaPrompt.ts'))['buildMetaPrompt'];

/** Streamed text reaches the store at most this often (milliseconds), always by appending. */
const flushInterval = 500;
/** How many of the newest test results the assistant sees. */
const resultsInPrompt = 5;

/** Adds a user message and starts the assistant's answer. */
export async function sendMessage(
	context: WorkshopContext,
	draftId: number,
	text: string,
	options: RunOptions = {},
): Promise<LiveRun> {
	requireText(text);
	return ask(context, draftId, options, ({ chats }, chatId) => {
		chats.addMessage({ chatId, role: 'user', content: text, status: 'complete', now: timestamp(context) });
	});
}

/** Replaces a user message and removes what followed it, then starts a new answer. */
export async function editAndResend(
	context: WorkshopContext,
	draftId: number,
	messageId: number,
	text: string,
	options: RunOptions = {},
): Promise<LiveRun> {
	requireText(text);
	return ask(context, draftId, options, ({ chats }, chatId) => {
		const message = chats.message(messageId);
		if (message.chatId !== chatId || message.role !== 'user') {
			throw new AppError('validation', l10n.t('You can only edit your own messages in this chat'), {
				info: { field: 'messageId' },
			});
		}
		chats.removeMessagesFrom(chatId, messageId);
		chats.addMessage({ chatId, role: 'user', content: text, status: 'complete', now: timestamp(context) });
	});
}

/** Removes the last answer, which did not come to its real end, and asks again. */
export async function retryAnswer(
	context: WorkshopContext,
	draftId: number,
	options: RunOptions = {},
): Promise<LiveRun> {
	return ask(context, draftId, options, ({ chats }, chatId) => {
		const last = chats.messages(chatId).at(-1);
		if (last?.role === 'assistant') {
			if (last.status === 'complete') {
				throw new AppError('validation', l10n.t('The last answer is complete: there is nothing to retry'));
			}
			chats.removeMessagesFrom(chatId, last.id);
		}
	});
}

function requireText(text: string): void {
	if (text.trim() === '') {
		throw new AppError('validation', l10n.t('The message is empty. Write what you need, then send'), {
			info: { field: 'text' },
		});
	}
}

async function ask(
	context: WorkshopContext,
	draftId: number,
	options: RunOptions,
	prepare: (repositories: Repositories, chatId: number) => void,
): Promise<LiveRun> {
	checkThinking(options.thinking);
	return inAnswerPlace(context, draftId, async () => {
		const store = await context.store();
		const begun = await store.read(({ drafts }) => chatOf(drafts.get(draftId)));
		const own = context.chatModels.of(store.status.storeId, begun);
		const model = await context.chooseModel('chat', options.model ?? own, options.signal);
		const message = await store.write((repositories) => {
			const chatId = chatOf(repositories.drafts.get(draftId));
			endAbandoned(repositories, chatId);
			prepare(repositories, chatId);
			return addAnswer(context, repositories, chatId, model);
		});
		return startAnswer(context, draftId, message, model, options);
	});
}

/** Nobody else answers here now: what still counts as streaming is of a window that has ended. */
function endAbandoned({ chats }: Repositories, chatId: number): void {
	for (const { id, status } of chats.messages(chatId)) {
		if (status === 'streaming') {
			chats.updateMessage(id, { status: 'interrupted' });
		}
	}
}

function chatOf(draft: { workshopChatId: number | null }): number {
	if (draft.workshopChatId === null) {
		throw new AppError('not-found', l10n.t('This draft has no workshop chat. Clone it to get one'));
	}
	return draft.workshopChatId;
}

/** The empty assistant message that the answer will stream into. */
export function addAnswer(
	context: WorkshopContext,
	{ chats }: Repositories,
	chatId: number,
	model: string | null,
): Message {
	const now = timestamp(context);
	return chats.addMessage({ chatId, role: 'assistant', content: '', status: 'streaming', model, now });
}

/** Streams the answer to the chat so far into `message`. */
export function startAnswer(
	context: WorkshopContext,
	draftId: number,
	message: Message,
	model: string,
	options: RunOptions,
): LiveRun {
	return context.runs.start(
		{ kind: 'chat', draftId, key: String(message.id), model, isModel: context.models().isModel(model) },
		{
			source: (signal, run) => answer(context, draftId, message, model, options, signal, run),
			settle: (turn, run) => finish(context, message, turn, run),
			signal: options.signal,
		},
	);
}

async function* answer(
	context: WorkshopContext,
	draftId: number,
	message: Message,
	model: string,
	options: RunOptions,
	signal: AbortSignal,
	run: Run,
): AsyncGenerator<RunPart> {
	const store = await context.store();
	const settings = context.settings();
	// Loaded at its first use.
	const { buildMetaPrompt } = await import('./metaPrompt.ts');
	const request = await store.read((repositories) => chatRequest(repositories, draftId, message, buildMetaPrompt));
	const parts = context.models().run({
		...request,
		model,
		thinking: options.thinking ?? settings.thinking,
		maxTokens: settings.maxTokens,
		purpose: 'design',
		signal,
	});
	const writer = deltaWriter(async (delta) => {
		await store.write(({ chats }) => chats.appendToMessage(message.id, delta));
	});
	try {
		for await (const part of parts) {
			yield part;
			if (part.type === 'text' || part.type === 'thinking') {
				await writer.add(part.type === 'text' ? { content: part.text } : { thinking: part.text });
			} else if (part.type === 'reclassify') {
				await writer.replace(() =>
					store.write(({ chats }) => chats.updateMessage(message.id, textsOf(run.turn))),
				);
			}
		}
	} finally {
		await writer.end();
	}
}

function textsOf(turn: Turn): Pick<Message, 'content' | 'thinking'> {
	return { content: turnText(turn), thinking: turnThinking(turn) || null };
}

/** Ends the message with its whole turn. */
async function finish(
	context: WorkshopContext,
	message: Message,
	turn: Turn,
	{ requests, native }: Run,
): Promise<undefined> {
	const store = await context.store();
	const keep = context.settings().keepFullResponses > 0 && requests.length > 0;
	let requestRef: string | null = null;
	try {
		requestRef = keep ? await store.blobs.put(JSON.stringify({ requests })) : null;
	} catch (thrown) {
		// The answer is stored all the same: without an end it would count as streaming for ever.
		turn = { ...turn, error: turn.error ?? notKept(l10n.t('The request of this answer was not stored'), thrown) };
	}
	await store.write(({ chats }) =>
		chats.updateMessage(message.id, {
			...textsOf(turn),
			parts: turn,
			providerBlocks: native,
			answeredModel: turn.answeredModel ?? null,
			status: turnEnd(turn),
			usage: turn.usage ?? null,
			requestRef,
		}),
	);
}

/** A run for an answer that could not even be asked for: the chat shows why and offers Retry. */
export function failAnswer(context: WorkshopContext, draftId: number, message: Message, thrown: unknown): LiveRun {
	const { code, message: cause } = toAppError(thrown);
	const text = code === 'cancelled' ? l10n.t('No model was chosen. Retry to choose one') : cause;
	async function* source(): AsyncGenerator<RunPart> {
		yield { type: 'error', code, message: text, retryable: true };
		yield { type: 'done', stopReason: 'error' };
	}
	return context.runs.start(
		{ kind: 'chat', draftId, key: String(message.id), model: '', isModel: true },
		{ source, settle: (turn, run) => finish(context, message, turn, run) },
	);
}

/**
 * Collects deltas and hands them on at most every `flushInterval` milliseconds, in the silence after a burst too. Once one
 * could not be stored, the rest is left to the end of the answer, which stores the whole: a full disk stops no answer.
 */
function deltaWriter(append: (delta: { content: string; thinking: string }) => Promise<void>) {
	let pending = { content: '', thinking: '' };
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;
	let failed = false;

	const unlessFull = async (work: () => Promise<void>) => {
		try {
			await (failed ? undefined : work());
		} catch (thrown) {
			if (!isAppError(thrown, 'storage')) {
				throw thrown;
			}
			failed = true;
		}
	};
	const flush = () => {
		timer = undefined;
		const saved = pending;
		pending = { content: '', thinking: '' };
		writing = unlessFull(() => append(saved));
		// The next delta, or the end of the answer, meets the error.
		writing.catch(() => undefined);
	};
	/** Until the next delta. What is still collected is not written: the texts of the whole turn are about to be. */
	const end = async () => {
		clearTimeout(timer);
		timer = undefined;
		pending = { content: '', thinking: '' };
		await Promise.allSettled([writing]);
	};
	return {
		end,
		async add(delta: { content?: string; thinking?: string }): Promise<void> {
			await writing;
			pending.content += delta.content ?? '';
			pending.thinking += delta.thinking ?? '';
			timer ??= setTimeout(flush, flushInterval);
		},
		/** Writes the texts so far in place of what was appended. */
		async replace(rewrite: () => Promise<void>): Promise<void> {
			await end();
			await unlessFull(rewrite);
		},
	};
}

/** The meta-prompt with the draft's present text and newest results, and the chat before `answerTo`. */
function chatRequest(
	{ chats, drafts, prompts, results }: Repositories,
	draftId: number,
	answerTo: Message,
	buildMetaPrompt: MetaPromptBuilder,
): { system: string; messages: ModelMessage[] } {
	const draft = drafts.get(draftId);
	const template = prompts.getDefault();
	const parent =
		draft.parentPromptName !== null && prompts.has(draft.parentPromptName)
			? prompts.get(draft.parentPromptName)
			: undefined;
	const system = buildMetaPrompt({
		templateTitle: template.title,
		templateContent: template.content,
		...(draft.draftContent !== '' && { draftText: draft.draftContent }),
		...(parent && { parentTitle: parent.title }),
		latestResults: results.list(draftId, resultsInPrompt),
	});
	const before = chats.messages(answerTo.chatId).filter((message) => message.id < answerTo.id);
	return { system, messages: toModelMessages(before) };
}

/** Empty answers are left out (no API takes them), and user messages that then meet are joined. */
export function toModelMessages(messages: readonly Message[]): ModelMessage[] {
	const out: ModelMessage[] = [];
	for (const message of messages) {
		if (message.role === 'system' || message.content.trim() === '') {
			continue;
		}
		const last = out.at(-1);
		const content = { type: 'text' as const, text: message.content };
		if (last?.role === message.role) {
			last.content.push(content);
		} else {
			const native = endedByModel(message.status) ? ownBlocks(message) : null;
			out.push({ role: message.role, content: [content], ...(native && { native }) });
		}
	}
	return out;
}

/** Blocks of the model that the chat shows as the one that answered; any others are sent to nobody. */
function ownBlocks({ model, providerBlocks }: Message): Message['providerBlocks'] {
	return providerBlocks && `${providerBlocks.provider}/${providerBlocks.model}` === model ? providerBlocks : null;
}
