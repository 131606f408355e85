import * as l10n from '@vscode/l10n';
import type { RunOptions } from '../common/api.ts';
import { AppError, isAppError, toAppError } from '../common/errors.ts';
import { type Turn, turnText, turnThinking } from '../common/turn.ts';
import type { Message } from '../common/model.ts';
import { endedByModel, turnEnd } from '../common/turnEnd.ts';
import type { ModelMessage, RunPart } from '../providers/provider.ts';
import type { Run } from '../runs/run.ts';
import type { Repositories } from '../storage/contract.ts';
import { readPromptMetadata } from '../prompts/promptMetadata.ts';
import { withAnswerClaim } from './answerClaim.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { kindTemplate } from './kindTemplate.ts';
import type { LiveRun } from './liveRuns.ts';
import { chatModelOf } from './modelOf.ts';
import { notStored } from './notStored.ts';
import { checkThinking } from './rules.ts';

type MetaPromptBuilder = (typeof import('./metaPrompt.ts'))['buildMetaPrompt'];

/** Streamed text is appended to the store at most this often, in milliseconds. */
const flushInterval = 500;
/** How many of the newest test results are in the meta-prompt. */
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

/** Replaces a user message, removes everything after it and starts a new answer. */
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

/** Removes the last answer if it is incomplete and asks again. Throws if it is complete. */
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
	return withAnswerClaim(context, draftId, async () => {
		const store = await context.store();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		chatOf(draft);
		const own = chatModelOf(context, store.status.storeId, draft);
		const model = await context.chooseModel('chat', options.model ?? own, options.signal);
		const message = await store.write((repositories) => {
			const chatId = chatOf(repositories.drafts.get(draftId));
			interruptAbandoned(repositories, chatId);
			prepare(repositories, chatId);
			return addAnswer(context, repositories, chatId, model);
		});
		return startAnswer(context, draftId, message, model, options);
	});
}

/**
 * Marks messages that still count as streaming as interrupted: with the claim taken, they belong to a window that has
 * ended.
 */
function interruptAbandoned({ chats }: Repositories, chatId: number): void {
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

/** Adds the empty assistant message that the answer streams into. */
export function addAnswer(
	context: WorkshopContext,
	{ chats }: Repositories,
	chatId: number,
	model: string | null,
): Message {
	const now = timestamp(context);
	return chats.addMessage({ chatId, role: 'assistant', content: '', status: 'streaming', model, now });
}

/** Streams the next answer of the chat into `message`. */
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
	// Loaded on first use.
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

/** Stores the complete turn and how it ended. */
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
		// The answer is stored anyway: without an end it would count as streaming forever.
		turn = { ...turn, error: turn.error ?? notStored(l10n.t('The request of this answer was not stored'), thrown) };
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

/** A run that fails at once, for an answer that could not be requested. The chat shows why and offers Retry. */
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
 * Collects deltas and appends them at most every `flushInterval` milliseconds. If one cannot be stored, the rest is
 * left to the end of the answer, which stores everything: a full disk stops no answer.
 */
function deltaWriter(append: (delta: { content: string; thinking: string }) => Promise<void>) {
	let pending = { content: '', thinking: '' };
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;
	let failed = false;

	const ignoringStorageErrors = async (work: () => Promise<void>) => {
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
		writing = ignoringStorageErrors(() => append(saved));
		// The next delta or the end of the answer receives the error.
		writing.catch(() => undefined);
	};
	/**
	 * Stops writing until the next delta. Pending deltas are discarded, because the full texts of the turn are about to
	 * be written.
	 */
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
		/** Replaces what was appended with the texts so far. */
		async replace(rewrite: () => Promise<void>): Promise<void> {
			await end();
			await ignoringStorageErrors(rewrite);
		},
	};
}

/** The meta-prompt with the draft's current text and newest results, and the chat before `answerTo`. */
function chatRequest(
	{ chats, drafts, prompts, results }: Repositories,
	draftId: number,
	answerTo: Message,
	buildMetaPrompt: MetaPromptBuilder,
): { system: string; messages: ModelMessage[] } {
	const draft = drafts.get(draftId);
	const { kind, tools } = readPromptMetadata(draft.metadata);
	const template = kindTemplate(kind, prompts.getDefault());
	const parent =
		draft.parentPromptName !== null && prompts.has(draft.parentPromptName)
			? prompts.get(draft.parentPromptName)
			: undefined;
	const system = buildMetaPrompt({
		kind,
		tools,
		templateTitle: template.title,
		templateContent: template.content,
		...(draft.draftContent !== '' && { draftText: draft.draftContent }),
		...(parent && { parentTitle: parent.title }),
		latestResults: results.list(draftId, resultsInPrompt),
	});
	const before = chats.messages(answerTo.chatId).filter((message) => message.id < answerTo.id);
	return { system, messages: toModelMessages(before) };
}

/** Omits empty answers, which no API accepts, and merges user messages that become adjacent. */
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

/** The provider's blocks, if they come from the model that the chat shows; blocks of another model are never sent. */
function ownBlocks({ model, providerBlocks }: Message): Message['providerBlocks'] {
	return providerBlocks && `${providerBlocks.provider}/${providerBlocks.model}` === model ? providerBlocks : null;
}
