import * as l10n from '@vscode/l10n';
import type { Batch } from 'openai/resources/batches';
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses';
import { AppError } from '../../common/errors.ts';
import type { Usage } from '../../common/turn.ts';
import type { Endpoint } from '../endpoint.ts';
import type { RequestTarget } from '../faults.ts';
import type { HttpDeps } from '../httpCall.ts';
import { parseJson, recordAt, numberAt, textAt } from '../json.ts';
import { openAiClient } from '../openAiClient.ts';
import { OpenAiReader } from '../openaiReader.ts';
import { askBatch, askTimeoutMs, batchCall, sendTimeoutMs, type BatchCall } from './batchCall.ts';
import { answeredTurn, cancelledTurn, erroredTurn, expiredTurn } from './batchTurn.ts';
import type { BatchApi, BatchEntry, BatchFile, BatchRequest, BatchTag, BatchTerms, ModelRequest } from '../provider.ts';
import { lineDescriber } from './describeLine.ts';
import { resultLines } from './resultLines.ts';

const path = '/v1/responses';
/** Longest time for which OpenAI keeps files, in seconds: 30 days. */
const keptSeconds = 2_592_000;
/** Batches are listed with the newest first, so an older one is not reached with this many behind it. */
const maxListed = 2_000;
/** A clock that differs, in milliseconds. */
const clockTolerance = 86_400_000;

/** https://developers.openai.com/api/docs/guides/batch */
export function openAiBatch(
	deps: HttpDeps,
	terms: BatchTerms,
	buildBody: (request: Omit<ModelRequest, 'signal'>) => ResponseCreateParamsStreaming,
): BatchApi {
	const client = ({ credentials, fetch }: Pick<BatchCall, 'credentials' | 'fetch'>) =>
		openAiClient(deps, credentials, fetch);

	return {
		framing: { start: '', between: '\n', end: '\n' },
		encoder: async () => (id, request) => {
			const { stream: _stream, ...body } = buildBody(withPurpose(request));
			return `{"custom_id":"${id}","method":"POST","url":"${path}","body":${JSON.stringify(body)}}`;
		},
		describer: (signal) =>
			batchCall(deps, signal, askTimeoutMs, async (call) =>
				lineDescriber(call, `${call.endpoint.baseUrl}/responses`, 'body'),
			),
		submit: (file, signal) =>
			batchCall(deps, signal, sendTimeoutMs, async (call) => {
				const sdk = await client(call);
				const options = { signal: call.signal, timeout: sendTimeoutMs };
				const uploaded = await sdk.post<{ id: string }>('/files', { body: formOf(file), ...options });
				const batch = await sdk.batches.create(
					{
						input_file_id: uploaded.id,
						endpoint: path,
						completion_window: '24h',
						metadata: metadataOf(file.tag),
						output_expires_after: { anchor: 'created_at', seconds: keptSeconds },
					},
					options,
				);
				return idOf(batch, call.target);
			}),
		find: ({ tag }, since, others, signal) =>
			askBatch(deps, signal, async (call) => {
				const sdk = await client(call);
				let listed = 0;
				for await (const batch of sdk.batches.list({ limit: 100 }, { signal: call.signal })) {
					if (isTagged(batch, tag) && !others.has(batch.id)) {
						return { id: batch.id, isCertain: true };
					}
					if (++listed > maxListed || batch.created_at * 1000 < since - clockTolerance) {
						return undefined;
					}
				}
				return undefined;
			}),
		status: (id, signal) =>
			askBatch(deps, signal, async (call) => {
				const {
					status,
					request_counts: counts,
					errors,
				} = await (await client(call)).batches.retrieve(id, { signal: call.signal });
				return {
					hasEnded: ['completed', 'expired', 'cancelled', 'failed'].includes(status),
					done: (counts?.completed ?? 0) + (counts?.failed ?? 0),
					...(status === 'failed' && { failure: failureOf(errors, call.target) }),
				};
			}),
		async *results(id, model, signal) {
			const { call, files } = await askBatch(deps, signal, async (asked) => {
				const batch = await (await client(asked)).batches.retrieve(id, { signal: asked.signal });
				return { call: asked, files: [batch.output_file_id, batch.error_file_id] };
			});
			const target = { ...call.target, model };
			for (const file of files) {
				if (!file) {
					continue;
				}
				const open = (own: AbortSignal) => openFile(file, own);
				for await (const line of resultLines(target, open, signal, call.endpoint.idleTimeoutMs)) {
					const entry = entryOf(line, target, call.endpoint);
					if (entry) {
						yield entry;
					}
				}
			}
		},
		cancel: (id, signal) =>
			askBatch(deps, signal, async (call) => {
				await (await client(call)).batches.cancel(id, { signal: call.signal });
			}),
	};

	/** Sends the request for a file; only its headers have a time limit. */
	function openFile(id: string, signal: AbortSignal): Promise<Response> {
		return batchCall(deps, signal, sendTimeoutMs, async (call) =>
			(await client(call)).files.content(id, { signal: call.signal, timeout: askTimeoutMs }).asResponse(),
		);
	}

	/** One line of a file of results or errors; undefined if it is none. */
	function entryOf(line: string, target: RequestTarget, endpoint: Endpoint): BatchEntry | undefined {
		const data = parseJson(line);
		const id = textAt(data, 'custom_id');
		if (id === '') {
			deps.log.warn(`${target.id}: a line of the results of a batch is not used`);
			return undefined;
		}
		const response = recordAt(data, 'response');
		const status = numberAt(response, 'status_code');
		if (status === 200) {
			const cost = (answered: string, usage: Usage) => costOf(endpoint, target.model, answered, usage);
			const turn = answeredTurn(target, new OpenAiReader(target.model), response['body'], cost);
			return { id, outcome: turn.error ? 'errored' : 'answered', turn };
		}
		switch (textAt(recordAt(data, 'error'), 'code')) {
			case 'batch_expired':
				return { id, outcome: 'expired', turn: expiredTurn(target, terms.hours) };
			case 'batch_cancelled':
				return { id, outcome: 'cancelled', turn: cancelledTurn(target) };
			default: {
				const body = status === undefined ? data : response['body'];
				return { id, outcome: 'errored', turn: erroredTurn(target, body, status) };
			}
		}
	}

	function costOf(endpoint: Endpoint, model: string, answered: string, usage: Usage): number | undefined {
		const live = deps.cost(endpoint, model, answered, usage);
		return live === undefined || endpoint.origin !== terms.pricedAt ? undefined : live * terms.priceShare;
	}
}

function withPurpose(request: BatchRequest): Omit<ModelRequest, 'signal'> {
	return { ...request, purpose: 'test' };
}

/** `multipart/form-data`, since the SDK's own upload makes another request to find out what `fetch` can do. */
function formOf({ tag, content }: BatchFile): FormData {
	const form = new FormData();
	form.append('purpose', 'batch');
	form.append('expires_after[anchor]', 'created_at');
	form.append('expires_after[seconds]', String(keptSeconds));
	form.append('file', content, `${tag.runId}-${tag.part}.jsonl`);
	return form;
}

function metadataOf({ runId, part }: BatchTag): Record<string, string> {
	return { prompt_workshop_run: runId, prompt_workshop_part: String(part) };
}

function isTagged({ metadata }: Batch, tag: BatchTag): boolean {
	return Object.entries(metadataOf(tag)).every(([key, value]) => metadata?.[key] === value);
}

function idOf({ id }: { id: unknown }, target: RequestTarget): string {
	if (typeof id !== 'string' || id === '') {
		const message = l10n.t('{0} accepted a batch and did not say its id.', target.label);
		throw new AppError('bad-response', message, { info: { retryable: true, provider: target.id } });
	}
	return id;
}

function failureOf(errors: Batch.Errors | undefined, { label, mask }: RequestTarget): string {
	const [first] = errors?.data ?? [];
	return l10n.t(
		'{0} refused the batch: {1}',
		label,
		mask(first?.message ?? first?.code ?? l10n.t('no reason given')),
	);
}
