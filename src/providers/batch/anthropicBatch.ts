import * as l10n from '@vscode/l10n';
import type { Anthropic } from '@anthropic-ai/sdk';
import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import { AppError, isAppError } from '../../common/errors.ts';
import type { Usage } from '../../common/turn.ts';
import { AnthropicReader } from '../anthropicReader.ts';
import type { Credentials } from '../credentials.ts';
import type { Endpoint } from '../endpoint.ts';
import type { RequestTarget } from '../faults.ts';
import type { Fetch } from '../guardFetch.ts';
import type { HttpDeps } from '../httpCall.ts';
import { parseJson, recordAt, textAt } from '../json.ts';
import { askBatch, askTimeoutMs, batchCall, sendTimeoutMs, type BatchCall } from './batchCall.ts';
import { answeredTurn, cancelledTurn, erroredTurn, expiredTurn } from './batchTurn.ts';
import type { BatchApi, BatchEntry, BatchFile, BatchTerms, FoundBatch, ModelRequest } from '../provider.ts';
import { lineDescriber } from './describeLine.ts';
import { resultLines } from './resultLines.ts';

const path = '/v1/messages/batches';
const maxListed = 2_000;
/** How long before our own time a batch that we submitted may have been created, in milliseconds: clocks differ. */
const clockTolerance = 600_000;

export interface AnthropicParts {
	client: (credentials: Credentials, fetch: Fetch) => Promise<Anthropic>;
	/** Asks the server about a model that is not known yet. */
	learn: (model: string, credentials: Credentials, signal: AbortSignal) => Promise<void>;
	buildBody: (request: Omit<ModelRequest, 'signal'>) => MessageCreateParamsStreaming;
}

/** https://platform.claude.com/docs/en/build-with-claude/batch-processing */
export function anthropicBatch(
	deps: HttpDeps,
	terms: BatchTerms,
	{ client, learn, buildBody }: AnthropicParts,
): BatchApi {
	const ask = <T>(signal: AbortSignal, work: (sdk: Anthropic, call: BatchCall) => Promise<T>) =>
		askBatch(deps, signal, async (call) => work(await client(call.credentials, call.fetch), call));

	return {
		// The file is the body of the request as it is sent.
		framing: { start: '{"requests":[\n', between: ',\n', end: '\n]}' },
		encoder: (model, signal) =>
			batchCall(deps, signal, askTimeoutMs, async ({ credentials }) => {
				await learn(model, credentials, signal);
				return (id, request) => {
					const { stream: _stream, ...params } = buildBody({ ...request, purpose: 'test' });
					return `{"custom_id":"${id}","params":${JSON.stringify(params)}}`;
				};
			}),
		describer: (signal) =>
			batchCall(deps, signal, askTimeoutMs, async (call) =>
				lineDescriber(call, `${call.endpoint.baseUrl.replace(/\/v1$/, '')}/v1/messages`, 'params'),
			),
		submit: ({ content }, signal) =>
			batchCall(deps, signal, sendTimeoutMs, async (call) => {
				const sdk = await client(call.credentials, call.fetch);
				// The SDK's own method takes the requests as objects, all in memory.
				const body =
					content.type === 'application/json' ? content : new Blob([content], { type: 'application/json' });
				const { id } = await sdk.post<MessageBatch>(path, {
					body,
					signal: call.signal,
					timeout: sendTimeoutMs,
				});
				if (typeof id !== 'string' || id === '') {
					const message = l10n.t('{0} accepted a batch and did not say its id.', call.target.label);
					throw new AppError('bad-response', message, {
						info: { retryable: true, provider: call.target.id },
					});
				}
				return id;
			}),
		async find(file, since, others, signal) {
			const candidates = await ask(signal, (sdk, call) => candidatesOf(sdk, file, since, others, call.signal));
			for (const { id, ended_at: endedAt } of candidates) {
				if (endedAt !== null && (await isOf(id, file, signal))) {
					return { id, isCertain: true };
				}
			}
			// The oldest one: it was created first after the submission began.
			const [open] = candidates.filter(({ ended_at: endedAt }) => endedAt === null).reverse();
			return open && ({ id: open.id, isCertain: false } satisfies FoundBatch);
		},
		status: (id, signal) =>
			ask(signal, async (sdk, call) => {
				const batch = await sdk.messages.batches.retrieve(id, {}, { signal: call.signal });
				const { succeeded, errored, canceled, expired } = batch.request_counts;
				return {
					hasEnded: batch.processing_status === 'ended',
					done: succeeded + errored + canceled + expired,
				};
			}),
		async *results(id, model, signal) {
			const call = await batchCall(deps, signal, askTimeoutMs, async (made) => made);
			const target = { ...call.target, model };
			for await (const line of lines(id, call, signal)) {
				const entry = entryOf(line, target, call.endpoint);
				if (entry) {
					yield entry;
				}
			}
		},
		cancel: (id, signal) =>
			ask(signal, async (sdk, call) => {
				await sdk.messages.batches.cancel(id, {}, { signal: call.signal });
			}),
	};

	/**
	 * The lines of the results. Their address is made of the batch's id: the one that the server states could lead the key
	 * to any host.
	 */
	function lines(id: string, { target, endpoint }: BatchCall, signal: AbortSignal): AsyncGenerator<string> {
		const open = (own: AbortSignal) =>
			batchCall(deps, own, sendTimeoutMs, async (call) => {
				const sdk = await client(call.credentials, call.fetch);
				const options = { signal: call.signal, timeout: askTimeoutMs, __binaryResponse: true };
				return sdk.get(`${path}/${encodeURIComponent(id)}/results`, options).asResponse();
			});
		return resultLines(target, open, signal, endpoint.idleTimeoutMs);
	}

	/** Whether the first result of a batch that has ended is one of ours. Results that were removed are not. */
	async function isOf(id: string, { idPrefix }: Pick<BatchFile, 'idPrefix'>, signal: AbortSignal): Promise<boolean> {
		const call = await batchCall(deps, signal, askTimeoutMs, async (made) => made);
		try {
			for await (const line of lines(id, call, signal)) {
				return textAt(parseJson(line), 'custom_id').startsWith(idPrefix);
			}
		} catch (error) {
			if (!isAppError(error, 'not-found')) {
				throw error;
			}
		}
		return false;
	}

	function entryOf(line: string, target: RequestTarget, endpoint: Endpoint): BatchEntry | undefined {
		const data = parseJson(line);
		const id = textAt(data, 'custom_id');
		const result = recordAt(data, 'result');
		if (id === '') {
			deps.log.warn(`${target.id}: a line of the results of a batch is not used`);
			return undefined;
		}
		switch (textAt(result, 'type')) {
			case 'succeeded': {
				const cost = (answered: string, usage: Usage) => costOf(endpoint, target.model, answered, usage);
				const turn = answeredTurn(target, new AnthropicReader(target.model), result['message'], cost);
				return { id, outcome: turn.error ? 'errored' : 'answered', turn };
			}
			case 'expired':
				return { id, outcome: 'expired', turn: expiredTurn(target, terms.hours) };
			case 'canceled':
				return { id, outcome: 'cancelled', turn: cancelledTurn(target) };
			default:
				return { id, outcome: 'errored', turn: erroredTurn(target, result['error']) };
		}
	}

	function costOf(endpoint: Endpoint, model: string, answered: string, usage: Usage): number | undefined {
		const live = deps.cost(endpoint, model, answered, usage);
		return live === undefined || endpoint.origin !== terms.pricedAt ? undefined : live * terms.priceShare;
	}
}

/** Batches that the submission may have created, the newest first: this API has no metadata by which to find one. */
async function candidatesOf(
	sdk: Anthropic,
	{ requests }: Pick<BatchFile, 'requests'>,
	since: number,
	others: ReadonlySet<string>,
	signal: AbortSignal,
): Promise<MessageBatch[]> {
	const found: MessageBatch[] = [];
	let listed = 0;
	for await (const batch of sdk.messages.batches.list({ limit: 100 }, { signal })) {
		if (++listed > maxListed || Date.parse(batch.created_at) < since - clockTolerance) {
			break;
		}
		const total = Object.values(batch.request_counts).reduce((sum: number, count) => sum + Number(count), 0);
		if (total === requests && !others.has(batch.id)) {
			found.push(batch);
		}
	}
	return found;
}
