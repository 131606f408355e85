import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../common/errors.ts';
import type { Citation } from '../common/model.ts';
import type { Tool } from '../common/tools.ts';
import { turnText, type Turn, type TurnError, type Usage } from '../common/turn.ts';
import { mockTools } from '../prompts/mockTools.ts';
import type { MessageContent, ModelMessage, SentRequest } from '../providers/provider.ts';
import { Run } from '../runs/run.ts';
import type { ToolSession } from '../topics/contract.ts';
import type { AskedVariant } from './plannedRun.ts';
import type { RenderedTrial } from './renderTrial.ts';
import type { SuiteContext } from './suiteContext.ts';

/** Distinct articles that the tools of a topic hand out in one trial. */
const articleLimit = 50;

/** What a model answered in a trial. */
export interface Answered {
	query: string;
	turn: Turn;
	earlier: { query: string; turn: Turn }[];
	latencyMs: number | null;
	timeToFirstTokenMs: number | null;
	/** Of all questions together; null if the provider reported nothing. */
	usage: Usage | null;
	citations?: Citation[];
	requests: SentRequest[];
	/** Why there is no complete answer. */
	error?: TurnError;
}

export interface AskOptions {
	/** Seconds for all questions, from the first request on. */
	timeout?: number | undefined;
	beforeSend: () => void;
	signal: AbortSignal;
}

/**
 * Asks the questions of a trial one after another. What the provider does wrong, and a timeout, are the `error` of the
 * answer. Rejects with `cancelled` if the signal was aborted before the last answer was complete.
 */
export async function askTrial(
	context: Pick<SuiteContext, 'models' | 'topics' | 'editorTools' | 'now'>,
	variant: AskedVariant,
	rendered: RenderedTrial,
	options: AskOptions,
): Promise<Answered> {
	const clock = new TrialClock(options.timeout, options.signal);
	try {
		const session = variant.topic
			? await context.topics.openTools(variant.topic.name, { limit: articleLimit, now: context.now() })
			: undefined;
		const tools = [...(session?.tools ?? []), ...(await ownTools(context, variant, clock.signal))];
		throwIfAborted(options.signal);
		const answered = await askAll(context, { ...variant, tools }, rendered, options, clock);
		const { error, turn } = answered;
		return session && !error ? { ...answered, citations: await citationsOf(session, turn) } : answered;
	} finally {
		clock.stop();
	}
}

function citationsOf(session: ToolSession, turn: Turn): Promise<Citation[]> {
	return session.checkCitations(turnText(turn));
}

/** Tools with written results, and those of the editor for which there are none. */
async function ownTools(
	context: Pick<SuiteContext, 'editorTools'>,
	{ tools, editorTools }: AskedVariant,
	signal: AbortSignal,
): Promise<Tool[]> {
	const fromEditor = editorTools.length > 0 ? ((await context.editorTools?.(editorTools, signal)) ?? []) : [];
	const names = new Set(fromEditor.map(({ name }) => name));
	const isThere = (name: string) => names.has(name) || tools.some((tool) => tool.name === name);
	const gone = editorTools.find((name) => !isThere(name));
	if (gone !== undefined) {
		throw new AppError('not-found', l10n.t('There is no tool of the editor called {0}', gone));
	}
	return [...fromEditor, ...mockTools(tools.filter(({ name }) => !names.has(name)))];
}

async function askAll(
	context: Pick<SuiteContext, 'models'>,
	{ model, tools }: Pick<AskedVariant, 'model'> & { tools: Tool[] },
	{ system, steps, thinking, maxTokens }: RenderedTrial,
	{ beforeSend, signal }: AskOptions,
	clock: TrialClock,
): Promise<Answered> {
	const messages: ModelMessage[] = [];
	const turns: { query: string; turn: Turn }[] = [];
	const requests: SentRequest[] = [];
	let run: Run | undefined;
	let error: TurnError | undefined;
	for (const { given, content, query } of steps) {
		messages.push(...given, { role: 'user', content });
		const asked = [...messages];
		run = new Run({
			source: (ownSignal) =>
				context.models().run({
					model,
					system,
					messages: asked,
					...(tools.length > 0 && { tools }),
					thinking,
					maxTokens,
					purpose: 'test',
					beforeSend,
					signal: ownSignal,
				}),
			signal: clock.signal,
		});
		const subscription = run.onSent(() => clock.start());
		await run.finished;
		subscription.dispose();
		requests.push(...run.requests);
		const { turn, native } = run;
		turns.push({ query, turn });
		error = faultOf(turn, clock, signal);
		if (error) {
			break;
		}
		messages.push({ role: 'assistant', content: answerContent(turn), ...(native && { native }) });
	}
	const last = turns.pop();
	if (!run || !last) {
		throw new AppError('internal', 'A trial without a question');
	}
	return {
		...last,
		earlier: turns,
		latencyMs: run.elapsed(),
		timeToFirstTokenMs: run.timeToFirstTokenMs,
		usage: sumUsage([...turns.map(({ turn }) => turn), last.turn]),
		requests,
		...(error && { error }),
	};
}

/** Why a turn is not complete. A Stop is thrown: the answer is missing because of the user, not of the provider. */
function faultOf({ error, stopReason }: Turn, clock: TrialClock, signal: AbortSignal): TurnError | undefined {
	if (stopReason !== 'cancelled') {
		return (
			error ?? (stopReason === 'error' ? fault('internal', l10n.t('The answer ended unexpectedly')) : undefined)
		);
	}
	if (clock.isOver) {
		return fault('network', l10n.t('There was no complete answer within {0} s', clock.seconds ?? 0));
	}
	throwIfAborted(signal);
	return fault('cancelled', l10n.t('The request was cancelled'));
}

function fault(code: TurnError['code'], message: string): TurnError {
	return { code, message, retryable: true };
}

/** The text of an answer as part of the next request, where the provider's own blocks cannot be sent. */
function answerContent(turn: Turn): MessageContent[] {
	const text = turnText(turn);
	return text === '' ? [] : [{ type: 'text', text }];
}

/** A count that one turn does not have is unknown for the sum. */
function sumUsage(turns: readonly Turn[]): Usage | null {
	const sum: Usage = {};
	for (const field of Object.keys(turns[0]?.usage ?? {}) as (keyof Usage)[]) {
		const counts = turns.map(({ usage }) => usage?.[field]);
		if (counts.every((count) => count !== undefined)) {
			sum[field] = counts.reduce((total, count) => total + count, 0);
		}
	}
	return Object.keys(sum).length === 0 ? null : sum;
}

/** Aborts a trial with its run, or when its time is over. The time begins when the first request leaves. */
class TrialClock {
	readonly seconds: number | undefined;
	readonly #controller = new AbortController();
	readonly #outer: AbortSignal;
	readonly #abort = () => this.#controller.abort();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isOver = false;

	constructor(seconds: number | undefined, outer: AbortSignal) {
		this.seconds = seconds;
		this.#outer = outer;
		outer.addEventListener('abort', this.#abort);
		if (outer.aborted) {
			this.#abort();
		}
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Whether the time ended it. */
	get isOver(): boolean {
		return this.#isOver;
	}

	start(): void {
		if (this.seconds !== undefined) {
			this.#timer ??= setTimeout(() => {
				this.#isOver = !this.#outer.aborted;
				this.#abort();
			}, this.seconds * 1000);
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#outer.removeEventListener('abort', this.#abort);
	}
}
