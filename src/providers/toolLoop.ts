import * as l10n from '@vscode/l10n';
import { endOnce } from '../common/endOnce.ts';
import { AppError, toAppError } from '../common/errors.ts';
import { foldPart } from '../common/foldParts.ts';
import { emptyTurn, type StopReason, type Turn, type Usage } from '../common/turn.ts';
import type { NativeBlocks } from '../common/model.ts';
import type { TextPart, ThinkingPart, ToolCallPart, ToolResultPart } from '../common/streamParts.ts';
import type { Tool, ToolOutput } from '../common/tools.ts';
import { isRecord } from './json.ts';
import type {
	MessageContent,
	ModelMessage,
	ModelPart,
	ModelProvider,
	ModelRequest,
	RunPart,
	RunRequest,
} from './provider.ts';
import { unlessAborted } from './unlessAborted.ts';

const defaultRounds = 12;
/** Most calls in one round; models make a handful. */
const maxCalls = 256;
/** Most text and thinking blocks in one round; anything after them is added to the last block of its kind. */
const maxBlocks = 200;
const usageFields = [
	'inputTokens',
	'outputTokens',
	'thinkingTokens',
	'cachedInputTokens',
	'cacheWriteTokens',
	'costUsd',
] as const satisfies readonly (keyof Usage)[];

/** One request of a run, as it becomes part of the next one. */
interface Round {
	/** The model's output, with the provider's own ids. */
	turn: Turn;
	native?: NativeBlocks;
	calls: ToolCallPart[];
	/** Ids of the blocks, and the last id of each kind. */
	blockIds: Set<string>;
	lastIds: Partial<Record<'text' | 'thinking', string>>;
	/** The provider's own id of each call; the call's own id differs if the provider has used that id before. */
	originalIds: Map<ToolCallPart, string>;
	stopReason: StopReason;
	notice?: string;
	/** Undefined if the provider reported none. */
	usage?: Usage;
	failed: boolean;
}

/**
 * Restores the rounds of an earlier run from its native blocks, in which each entry of `blocks` is a message. Blocks of a
 * single request are left to the adapter. For another model the plain content of the message is sent instead, and also in a
 * request without tools, because providers refuse tool calls in one.
 */
function expand(message: ModelMessage, provider: string, model: string, offersTools: boolean): ModelMessage[] {
	const { native, role, content } = message;
	if (native === undefined) {
		return [message];
	}
	if (native.provider !== provider || native.model !== model) {
		return [{ role, content }];
	}
	if (!native.blocks.every((block) => isRecord(block) && block['round'] === true)) {
		return [message];
	}
	const rounds = (native.blocks as { message: ModelMessage }[]).map((round) => round.message);
	const calls = rounds.some((round) => round.content.some((part) => part.type === 'tool-call'));
	return calls && !offersTools ? [{ role, content }] : rounds;
}

/** The sum over all rounds; a count that is missing in one round is unknown for the sum. */
function sumUsage(rounds: readonly (Usage | undefined)[]): Usage {
	const sum: Usage = {};
	for (const field of usageFields) {
		const counts = rounds.map((usage) => usage?.[field]);
		if (counts.every((count) => count !== undefined)) {
			sum[field] = counts.reduce((total, count) => total + count, 0);
		}
	}
	return sum;
}

async function callTool(tools: readonly Tool[], call: ToolCallPart, signal: AbortSignal): Promise<ToolOutput> {
	const tool = tools.find((candidate) => candidate.name === call.name);
	if (tool === undefined) {
		const names = tools.map((candidate) => candidate.name).join(', ');
		return {
			content: `There is no tool "${call.name}". Tools: ${names}.`,
			summary: l10n.t('Unknown tool'),
			isError: true,
		};
	}
	if (!isRecord(call.input)) {
		const content = 'The arguments were not a JSON object. Call the tool again with valid JSON.';
		return { content, summary: l10n.t('The arguments were not valid JSON'), isError: true };
	}
	try {
		return await tool.run(call.input, signal);
	} catch (error) {
		const { message } = toAppError(error);
		return { content: `The tool failed: ${message}`, summary: l10n.t('Failed: {0}', message), isError: true };
	}
}

/**
 * Runs a model with its tools: sends the request, runs the tools that the model calls (those of one round in parallel) and
 * sends the results, until the model answers without a call. Block and call ids are unique in the run. `native` has all
 * rounds of the run in the provider's own form; pass it as `native` of the assistant message to send them unchanged.
 */
export function runTools(provider: ModelProvider, model: string, request: RunRequest): AsyncGenerator<RunPart> {
	return endOnce(() => rounds(provider, model, request), request.signal);
}

async function* rounds(provider: ModelProvider, model: string, request: RunRequest): AsyncGenerator<RunPart> {
	const { tools = [], maxRounds = defaultRounds, signal, ...rest } = request;
	const messages = request.messages.flatMap((message) => expand(message, provider.id, model, tools.length > 0));
	const transcript: ModelMessage[] = [];
	const callIds = new Set<string>();
	const usages: (Usage | undefined)[] = [];
	for (let number = 1; ; number++) {
		const modelRequest: ModelRequest = {
			...rest,
			model,
			signal,
			messages: [...messages, ...transcript],
			...(tools.length > 0
				? { tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })) }
				: {}),
		};
		const round: Round = {
			turn: emptyTurn,
			calls: [],
			blockIds: new Set(),
			lastIds: {},
			originalIds: new Map(),
			stopReason: 'unknown',
			failed: false,
		};
		for await (const part of provider.stream(modelRequest)) {
			const shown = takePart(part, round, number, callIds, provider.id);
			if (shown !== undefined) {
				yield shown;
			}
			if (round.calls.length > maxCalls) {
				// Leaving the loop closes the connection.
				break;
			}
		}
		if (round.calls.length > maxCalls) {
			throw new AppError(
				'bad-response',
				l10n.t(
					'{0} of {1} called more than {2} tools at once and was stopped. Try again or choose another model.',
					model,
					provider.id,
					maxCalls,
				),
			);
		}
		usages.push(round.usage);
		if (round.failed || round.stopReason === 'error' || round.stopReason === 'cancelled') {
			yield { type: 'done', stopReason: round.failed ? 'error' : round.stopReason };
			return;
		}
		transcript.push(assistantMessage(round));
		const wantsTools = round.stopReason !== 'length' && round.stopReason !== 'refusal' && round.calls.length > 0;
		// A call cannot be run if no tools were offered, and another request would only lead to the same call.
		const cannotRun = wantsTools && tools.length === 0;
		const goesOn = !cannotRun && (wantsTools || (round.stopReason === 'tools' && round.native !== undefined));
		if (!goesOn) {
			yield* nativePart(provider.id, model, transcript, round.calls.length === 0);
			yield* usagePart(usages);
			yield {
				type: 'done',
				stopReason: cannotRun ? 'tools' : round.stopReason,
				...(round.notice === undefined ? {} : { notice: round.notice }),
			};
			return;
		}
		if (number >= maxRounds) {
			yield* usagePart(usages);
			throw new AppError(
				'bad-response',
				l10n.t(
					'{0} of {1} asked for tools {2} times and was stopped before it answered. Narrow the question, or say in the prompt when to stop searching.',
					model,
					provider.id,
					number,
				),
			);
		}
		if (round.calls.length > 0) {
			const results: MessageContent[] = [];
			yield* runCalls(tools, round, results, signal);
			transcript.push({ role: 'user', content: results });
		}
	}
}

/** Adds a part to its round; returns the part to show, with an id that is unique in the run. */
function takePart(
	part: ModelPart,
	round: Round,
	number: number,
	callIds: Set<string>,
	provider: string,
): RunPart | undefined {
	switch (part.type) {
		case 'text':
		case 'thinking': {
			const shown = { ...part, id: blockId(part, round) };
			round.turn = foldPart(round.turn, shown);
			return number === 1 ? shown : { ...shown, id: `r${number}-${shown.id}` };
		}
		case 'reclassify':
			if (!round.blockIds.has(part.id)) {
				return undefined;
			}
			round.turn = foldPart(round.turn, part);
			return number === 1 ? part : { ...part, id: `r${number}-${part.id}` };
		case 'tool-call': {
			const call = { ...part, id: callIds.has(part.id) ? `r${number}-${callIds.size}-${part.id}` : part.id };
			callIds.add(call.id);
			round.originalIds.set(call, part.id);
			round.calls.push(call);
			round.turn = foldPart(round.turn, part);
			return call;
		}
		case 'native':
			round.native = part.native;
			return undefined;
		case 'usage': {
			const { type: _type, ...usage } = part;
			round.usage = usage;
			return undefined;
		}
		case 'answered':
			return { ...part, model: `${provider}/${part.model}` };
		case 'error':
			round.failed = true;
			return part;
		case 'request':
			return part;
		case 'done':
			round.stopReason = part.stopReason;
			if (part.notice !== undefined) {
				round.notice = part.notice;
			}
			return undefined;
	}
}

/**
 * The block that text or thinking is added to: its own, or after very many blocks the last one of its kind. If a server
 * alternates between the two with every word, this keeps the time linear and avoids pages with a hundred thousand blocks.
 */
function blockId({ type, id }: TextPart | ThinkingPart, { blockIds, lastIds }: Round): string {
	const known = lastIds[type];
	if (blockIds.size >= maxBlocks && known !== undefined && !blockIds.has(id)) {
		return known;
	}
	blockIds.add(id);
	lastIds[type] = id;
	return id;
}

/** The model's output of a round as a message of the next request. */
function assistantMessage({ turn, native }: Round): ModelMessage {
	const content: MessageContent[] = [];
	for (const block of turn.blocks) {
		if (block.type === 'text') {
			content.push({ type: 'text', text: block.text });
		} else if (block.type === 'tool') {
			content.push({ type: 'tool-call', id: block.id, name: block.name, input: block.input });
		}
	}
	return { role: 'assistant', content, ...(native !== undefined && { native }) };
}

/** Runs calls in parallel and yields each result as it arrives; `results` gets them in the order of the calls. */
async function* runCalls(
	tools: readonly Tool[],
	{ calls, originalIds }: Round,
	results: MessageContent[],
	signal: AbortSignal,
): AsyncGenerator<ToolResultPart> {
	const pending = new Map(
		calls.map((call, index) => [index, callTool(tools, call, signal).then((output) => ({ call, index, output }))]),
	);
	while (pending.size > 0) {
		const { call, index, output } = await unlessAborted(signal, Promise.race(pending.values()));
		pending.delete(index);
		const { content, summary, articleCount, isError } = output;
		results[index] = {
			type: 'tool-result',
			id: originalIds.get(call) ?? call.id,
			name: call.name,
			content,
			...(isError === true ? { isError } : {}),
		};
		yield {
			type: 'tool-result',
			id: call.id,
			name: call.name,
			summary,
			...(articleCount === undefined ? {} : { articleCount }),
			...(isError === true ? { isError } : {}),
		};
	}
}

function* usagePart(usages: readonly (Usage | undefined)[]): Generator<RunPart> {
	const usage = sumUsage(usages);
	if (Object.keys(usage).length > 0) {
		yield { type: 'usage', ...usage };
	}
}

function* nativePart(
	provider: string,
	model: string,
	transcript: ModelMessage[],
	answered: boolean,
): Generator<RunPart> {
	if (answered && transcript.some((message) => message.native !== undefined)) {
		const blocks = transcript.map((message) => ({ round: true, message }));
		yield { type: 'native', native: { provider, model, blocks } };
	}
}
