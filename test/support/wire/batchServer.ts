import type { IncomingMessage, ServerResponse } from 'node:http';

/** What comes of one request in a batch: the text of an answer, or what else its line says. */
export type BatchReply =
	| string
	| { expired: true }
	| { cancelled: true }
	| { missing: true }
	| { error: { status: number; type: string; message: string } }
	/** The line as it is. */
	| { line: string };

export type BatchOperation = 'upload' | 'create' | 'list' | 'retrieve' | 'results' | 'cancel';

/** `before`: the connection is closed and nothing has happened; `after`: it has, but nobody hears of it. */
export type BatchFault = { status: number; body?: string; headers?: Record<string, string> } | 'before' | 'after';

export interface WireBatch {
	id: string;
	api: 'anthropic' | 'openai';
	/** As they were sent. */
	lines: { custom_id: string; body: unknown; text: string }[];
	metadata: Record<string, string>;
	/** Milliseconds since 1970. */
	createdAt: number;
	state: 'running' | 'cancelling' | 'ended';
	/** The final state of OpenAI's. */
	ended: 'completed' | 'expired' | 'cancelled' | 'failed';
	done: number;
	failure?: string;
	polls: number;
}

const usage = { input: 10, output: 5 };

/**
 * Files and batches of OpenAI, and Anthropic's Message Batches, as the real ones answer; part of a `WireServer`. A batch
 * ends when `finish` is called, or after `endsAfter` polls.
 */
export class BatchServer {
	readonly batches: WireBatch[] = [];
	/** All calls that arrived, in order, faults included. */
	readonly calls: { operation: BatchOperation; id: string; key: string }[] = [];
	/** What comes of each request. */
	reply: (customId: string, body: unknown) => BatchReply = () => 'Hello.';
	/** Changes the order and number of the lines of a file of results. */
	shuffle: (lines: string[]) => string[] = (lines) => lines;
	/** After so many polls a batch ends by itself; infinite by default. */
	endsAfter = Infinity;
	/** The address that Anthropic's batches state for their results. */
	resultsUrl = (id: string) => `https://api.anthropic.com/v1/messages/batches/${id}/results`;
	/** Called when a call arrives, before anything happens. */
	onCall: (operation: BatchOperation) => void = () => undefined;
	/** Now, in milliseconds since 1970, as the server sees it. */
	now = () => Date.now();
	readonly #files = new Map<string, string>();
	readonly #faults: { operation: BatchOperation; fault: BatchFault; times: number }[] = [];
	#next = 1;

	/** Makes the next calls of an operation fail. */
	fail(operation: BatchOperation, fault: BatchFault, times = 1): this {
		this.#faults.push({ operation, fault, times });
		return this;
	}

	/** Ends all faults. */
	heal(): void {
		this.#faults.length = 0;
	}

	callsTo(operation: BatchOperation): number {
		return this.calls.filter((call) => call.operation === operation).length;
	}

	/** Ends batches, or all that run. */
	finish(ended: WireBatch['ended'] = 'completed', batches = this.batches): void {
		for (const batch of batches.filter(({ state }) => state !== 'ended')) {
			batch.state = 'ended';
			batch.ended = ended;
			batch.done = batch.lines.length;
		}
	}

	/** A batch of somebody else with the same key. */
	addForeign(api: WireBatch['api'], requests: number): WireBatch {
		const lines = Array.from({ length: requests }, (_, index) => ({
			custom_id: `theirs-${index}`,
			body: {},
			text: '',
		}));
		return this.#add(api, lines, {});
	}

	/** Answers a request; false if it is for another API. */
	async serve(request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<boolean> {
		const [path = '', query = ''] = (request.url ?? '').split('?');
		const found = operationOf(request.method ?? '', path);
		if (!found) {
			return false;
		}
		const { operation, id } = found;
		this.calls.push({ operation, id, key: request.headers.authorization ?? '' });
		this.onCall(operation);
		const fault = this.#fault(operation);
		if (fault === 'before') {
			request.socket.destroy();
			return true;
		}
		if (typeof fault === 'object') {
			const body = fault.body ?? JSON.stringify({ error: { type: 'api_error', message: 'as scripted' } });
			response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(body);
			return true;
		}
		const result = await this.#run(found, request, bytes, new URLSearchParams(query));
		if (fault === 'after') {
			request.socket.destroy();
			return true;
		}
		const isMissing = result === undefined;
		response.writeHead(isMissing ? 404 : 200, { 'content-type': 'application/json' });
		if (typeof result === 'string') {
			await send(response, result);
		} else {
			response.end(
				JSON.stringify(isMissing ? { error: { type: 'not_found_error', message: 'no such thing' } } : result),
			);
		}
		return true;
	}

	#fault(operation: BatchOperation): BatchFault | undefined {
		const found = this.#faults.find((one) => one.operation === operation && one.times > 0);
		if (found) {
			found.times--;
		}
		return found?.fault;
	}

	async #run(
		{ operation, api, id }: Call,
		request: IncomingMessage,
		bytes: Buffer,
		query: URLSearchParams,
	): Promise<object | string | undefined> {
		if (operation === 'upload') {
			const headers = { 'content-type': request.headers['content-type'] ?? '' };
			const form = await new Response(new Uint8Array(bytes), { headers }).formData();
			const file = form.get('file');
			const fileId = `file-${this.#next++}`;
			this.#files.set(fileId, file instanceof Blob ? await file.text() : '');
			return { id: fileId, object: 'file', purpose: form.get('purpose') };
		}
		if (operation === 'create') {
			return this.#show(this.#create(api, bytes));
		}
		if (operation === 'list') {
			return this.#list(api, query);
		}
		if (id.startsWith('file-')) {
			return this.#files.get(id);
		}
		const batch = this.batches.find((one) => one.id === id);
		if (!batch) {
			return undefined;
		}
		if (operation === 'cancel' && batch.state === 'running') {
			batch.state = 'cancelling';
		}
		if (operation === 'retrieve' && ++batch.polls >= this.endsAfter) {
			this.finish(batch.state === 'cancelling' ? 'cancelled' : 'completed', [batch]);
		}
		return operation === 'results' ? `${this.#results(batch).join('\n')}\n` : this.#show(batch);
	}

	#create(api: WireBatch['api'], bytes: Buffer): WireBatch {
		const body = JSON.parse(bytes.toString()) as Record<string, unknown>;
		if (api === 'anthropic') {
			const requests = body['requests'] as { custom_id: string; params: unknown }[];
			const lines = requests.map((one) => ({ custom_id: one.custom_id, body: one.params, text: '' }));
			return this.#add(api, lines, {});
		}
		const text = this.#files.get(String(body['input_file_id'])) ?? '';
		const lines = text
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => ({ ...(JSON.parse(line) as { custom_id: string; body: unknown }), text: line }));
		return this.#add(api, lines, body['metadata'] as Record<string, string>);
	}

	#add(api: WireBatch['api'], lines: WireBatch['lines'], metadata: Record<string, string>): WireBatch {
		const id = `${api === 'openai' ? 'batch' : 'msgbatch'}_${this.#next++}`;
		const createdAt = this.now();
		const batch: WireBatch = {
			id,
			api,
			lines,
			metadata,
			createdAt,
			state: 'running',
			ended: 'completed',
			done: 0,
			polls: 0,
		};
		this.batches.push(batch);
		return batch;
	}

	#list(api: WireBatch['api'], query: URLSearchParams): object {
		const all = this.batches.filter((batch) => batch.api === api).reverse();
		const after = query.get('after') ?? query.get('after_id');
		const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
		const limit = Number(query.get('limit') ?? 20);
		const page = all.slice(start, start + limit);
		return {
			object: 'list',
			data: page.map((batch) => this.#show(batch)),
			first_id: page[0]?.id ?? null,
			last_id: page.at(-1)?.id ?? null,
			has_more: start + limit < all.length,
		};
	}

	#show(batch: WireBatch): object {
		const { id, lines, metadata, createdAt, state, ended, done } = batch;
		const hasEnded = state === 'ended';
		if (batch.api === 'anthropic') {
			const count = (kind: string) => (hasEnded ? lines.filter((line) => this.#kind(line) === kind).length : 0);
			return {
				id,
				type: 'message_batch',
				processing_status: hasEnded ? 'ended' : state === 'cancelling' ? 'canceling' : 'in_progress',
				request_counts: {
					processing: hasEnded ? 0 : lines.length,
					succeeded: count('succeeded'),
					errored: count('errored'),
					canceled: count('canceled'),
					expired: count('expired'),
				},
				created_at: new Date(createdAt).toISOString(),
				ended_at: hasEnded ? new Date(this.now()).toISOString() : null,
				results_url: hasEnded ? this.resultsUrl(id) : null,
			};
		}
		const isReady = hasEnded && ended !== 'failed';
		if (isReady) {
			const isAnswer = (line: string) => line.includes('"status_code":200');
			const results = this.#results(batch);
			this.#files.set(`file-${id}-out`, `${results.filter(isAnswer).join('\n')}\n`);
			this.#files.set(`file-${id}-err`, `${results.filter((line) => !isAnswer(line)).join('\n')}\n`);
		}
		return {
			id,
			object: 'batch',
			endpoint: '/v1/responses',
			status: hasEnded ? ended : state === 'cancelling' ? 'cancelling' : 'in_progress',
			created_at: Math.floor(createdAt / 1000),
			metadata,
			request_counts: { total: lines.length, completed: done, failed: 0 },
			...(isReady && { output_file_id: `file-${id}-out`, error_file_id: `file-${id}-err` }),
			...(batch.failure !== undefined && { errors: { object: 'list', data: [{ message: batch.failure }] } }),
		};
	}

	#kind({ custom_id: id, body }: WireBatch['lines'][number]): string {
		const reply = this.reply(id, body);
		if (typeof reply === 'string' || 'line' in reply || 'missing' in reply) {
			return 'succeeded';
		}
		return 'expired' in reply ? 'expired' : 'cancelled' in reply ? 'canceled' : 'errored';
	}

	#results(batch: WireBatch): string[] {
		const lines = batch.lines.flatMap(({ custom_id: id, body }) => {
			const reply = this.reply(id, body);
			if (typeof reply === 'object' && 'missing' in reply) {
				return [];
			}
			if (typeof reply === 'object' && 'line' in reply) {
				return [reply.line];
			}
			const shown = batch.api === 'openai' ? openAiLine(id, reply) : anthropicLine(id, reply);
			return [JSON.stringify(shown)];
		});
		return this.shuffle(lines);
	}
}

interface Call {
	operation: BatchOperation;
	api: WireBatch['api'];
	id: string;
}

function operationOf(method: string, path: string): Call | undefined {
	const [, messages, name, id = '', action] =
		/\/v1(\/messages)?\/(files|batches)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(path) ?? [];
	if (name === undefined) {
		return undefined;
	}
	const api = messages === undefined ? 'openai' : 'anthropic';
	if (name === 'files') {
		return { operation: id === '' ? 'upload' : 'results', api, id };
	}
	if (action === 'cancel' || action === 'results') {
		return { operation: action, api, id };
	}
	return { operation: id !== '' ? 'retrieve' : method === 'POST' ? 'create' : 'list', api, id };
}

type LineReply = Exclude<BatchReply, { missing: true } | { line: string }>;

function openAiLine(custom_id: string, reply: LineReply): object {
	const base = { id: `batch_req_${custom_id}`, custom_id };
	if (typeof reply === 'string') {
		const body = {
			id: 'resp_batch',
			object: 'response',
			status: 'completed',
			model: '',
			output: [
				{ type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: reply }] },
			],
			usage: { input_tokens: usage.input, output_tokens: usage.output },
		};
		return { ...base, response: { status_code: 200, request_id: 'req_1', body }, error: null };
	}
	if ('error' in reply) {
		const { status, type, message } = reply.error;
		return { ...base, response: { status_code: status, body: { error: { type, message } } }, error: null };
	}
	const code = 'expired' in reply ? 'batch_expired' : 'batch_cancelled';
	return { ...base, response: null, error: { code, message: 'This request was not executed.' } };
}

function anthropicLine(custom_id: string, reply: LineReply): object {
	if (typeof reply === 'string') {
		const message = {
			id: 'msg_batch',
			type: 'message',
			role: 'assistant',
			model: '',
			content: [{ type: 'text', text: reply }],
			stop_reason: 'end_turn',
			usage: { input_tokens: usage.input, output_tokens: usage.output },
		};
		return { custom_id, result: { type: 'succeeded', message } };
	}
	if ('error' in reply) {
		const { type, message } = reply.error;
		return { custom_id, result: { type: 'errored', error: { type: 'error', error: { type, message } } } };
	}
	return { custom_id, result: { type: 'expired' in reply ? 'expired' : 'canceled' } };
}

/** In pieces, so that a line may be split anywhere. */
async function send(response: ServerResponse, text: string): Promise<void> {
	const bytes = Buffer.from(text);
	const size = 65_521;
	for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
		if (!response.write(bytes.subarray(at, at + size))) {
			await new Promise<void>((resolve) => {
				const go = () => {
					response.off('drain', go).off('close', go);
					resolve();
				};
				response.on('drain', go).on('close', go);
			});
		}
	}
	response.end();
}
