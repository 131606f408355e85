import type { MessageCreateParamsStreaming, MessageParam } from '@anthropic-ai/sdk/resources/messages';
import type { Credentials } from './credentials.ts';
import type { HttpDeps } from './httpCall.ts';
import { dateOf } from './dateOf.ts';
import { streamHttp } from './httpStream.ts';
import { argumentRecord, recordAt, textAt } from './json.ts';
import type { ProviderKind } from './kind.ts';
import { pricesReadOn, type ListPrice } from './prices.ts';
import type {
	BatchApi,
	BatchTerms,
	MessageContent,
	ModelInfo,
	ModelMessage,
	ModelPart,
	ModelProvider,
	ModelRequest,
	ProviderConfig,
} from './provider.ts';
import { Learned } from './learned.ts';
import { systemPrompt } from './structured.ts';
import { effortFor, guessClaudeForms, thinkingBudget, type ClaudeThinking } from './thinking.ts';
import { guardFetch, type Fetch } from './guardFetch.ts';

type Content = Record<string, unknown>;

/** How long a message waits for the models endpoint to describe its model, in milliseconds. */
const learnTimeoutMs = 5000;

/** What was learned about a model from the models endpoint and from refusals. */
interface Known {
	/** Forms of thinking: the first one is requested, a refused one is dropped, and with none left no thinking is requested. */
	forms: readonly ClaudeThinking[];
	/** `{type: 'disabled'}` is understood. */
	disabled: boolean;
	display: boolean;
	effort: boolean;
	schema: boolean;
	/** The model's limit of output tokens. */
	maxTokens: number;
}

function toContent(part: MessageContent): Content | undefined {
	switch (part.type) {
		case 'text':
			return part.text.trim() === '' ? undefined : { type: 'text', text: part.text };
		case 'tool-call':
			return {
				type: 'tool_use',
				id: part.id.replace(/[^\w-]/g, '_'),
				name: part.name,
				input: argumentRecord(part.input),
			};
		case 'tool-result':
			return {
				type: 'tool_result',
				tool_use_id: part.id.replace(/[^\w-]/g, '_'),
				content: part.content,
				...(part.isError === true ? { is_error: true } : {}),
			};
	}
}

function toMessages(messages: ModelMessage[], provider: string, model: string): MessageParam[] {
	const result: MessageParam[] = [];
	for (const message of messages) {
		const { native } = message;
		const own = message.role === 'assistant' && native?.provider === provider && native.model === model;
		const content = own ? native.blocks : message.content.map(toContent).filter((part) => part !== undefined);
		if (content.length > 0) {
			result.push({ role: message.role, content: content as Exclude<MessageParam['content'], string> });
		}
	}
	return result;
}

function buildBody(
	request: Omit<ModelRequest, 'signal'>,
	provider: string,
	known: Known,
): MessageCreateParamsStreaming {
	const { responseSchema, thinking, tools } = request;
	const maxTokens = Math.min(request.maxTokens, known.maxTokens);
	const system = systemPrompt(request, known.schema);
	const body: MessageCreateParamsStreaming = {
		model: request.model,
		max_tokens: maxTokens,
		stream: true,
		messages: toMessages(request.messages, provider, request.model),
	};
	if (system !== '') {
		body.system = system;
	}
	if (tools !== undefined && tools.length > 0) {
		body.tools = tools.map((tool) => ({
			name: tool.name,
			description: tool.description,
			input_schema: { ...tool.inputSchema, type: 'object' },
		}));
	}
	const [form] = known.forms;
	const display = known.display ? { display: 'summarized' as const } : {};
	if (thinking === 'off') {
		if (known.disabled) {
			body.thinking = { type: 'disabled' };
		}
	} else if (form === 'adaptive') {
		body.thinking = { type: 'adaptive', ...display };
		if (known.effort) {
			body.output_config = { effort: effortFor(thinking, request.thinkingBudget) };
		}
	} else if (form === 'budget') {
		const budget = thinkingBudget(thinking, request.thinkingBudget, maxTokens);
		if (budget !== undefined) {
			body.thinking = { type: 'enabled', budget_tokens: budget, ...display };
		}
	}
	if (responseSchema !== undefined && known.schema) {
		body.output_config = { ...body.output_config, format: { type: 'json_schema', schema: responseSchema.schema } };
	}
	return body;
}

/** Refusals about blocks of the conversation, which no parameter can fix. */
const aboutConversation = /messages\.\d|signature|blocks? in the/i;

/** What a refusal says about the model. Only one fact per refusal, because its text often names the parameter to use instead. */
function readRefusal(text: string, known: Known, off: boolean): Partial<Known> {
	if (aboutConversation.test(text)) {
		return {};
	}
	if (known.display && /display/.test(text)) {
		return { display: false };
	}
	if (off && known.disabled && /disabled|thinking/.test(text)) {
		return { disabled: false };
	}
	if (!off && known.forms.length > 0 && /thinking|budget_tokens|adaptive/.test(text)) {
		const never = /not support (extended )?thinking/i.test(text);
		return { forms: never ? [] : known.forms.slice(1) };
	}
	if (known.schema && /output_config\.format|json_schema|structured output/i.test(text)) {
		return { schema: false };
	}
	return known.effort && /effort|output_config/.test(text) ? { effort: false } : {};
}

const origin = 'https://api.anthropic.com';

/** https://platform.claude.com/docs/en/build-with-claude/batch-processing; the limit is 256 MB. */
const batchTerms: BatchTerms = {
	maxRequests: 100_000,
	maxBytes: 256_000_000,
	hours: 24,
	priceShare: 0.5,
	pricedAt: origin,
	readOn: pricesReadOn,
};

/** Adapter for Anthropic's Messages API, and for servers that speak it. */
function createAnthropicProvider(config: ProviderConfig, deps: HttpDeps): ModelProvider {
	const learned = new Learned<Known>((model) => ({
		forms: guessClaudeForms(model),
		disabled: false,
		display: true,
		effort: true,
		schema: true,
		maxTokens: Infinity,
	}));

	/** The client of Anthropic's SDK, with every option set, because it reads missing ones from environment variables. */
	async function client(credentials: Credentials, fetch: Fetch) {
		const { Anthropic } = await import('@anthropic-ai/sdk');
		const { baseUrl } = deps.endpoint();
		return new Anthropic({
			apiKey: credentials.apiKey,
			webhookKey: null,
			baseURL: baseUrl.replace(/\/v1$/, ''),
			defaultHeaders: credentials.headers,
			fetch,
			maxRetries: 0,
			logLevel: 'off',
			// Otherwise every call is traced with whatever tracer another extension has registered.
			openTelemetry: false,
		});
	}

	/** Asks the models endpoint once per model; if it does not answer, the model's name decides. */
	async function learn(model: string, credentials: Credentials, signal: AbortSignal): Promise<void> {
		const facts: Partial<Known> = {};
		try {
			const { limitedListing } = await import('./listing.ts');
			const sdk = await client(credentials, limitedListing(guardFetch(deps.fetch, credentials), config.id));
			// The SDK's own timeout only covers the time until the headers arrive.
			const timed = AbortSignal.any([signal, AbortSignal.timeout(learnTimeoutMs)]);
			const info = await sdk.models.retrieve(model, {}, { signal: timed });
			facts.maxTokens = info.max_tokens || Infinity;
			const types = recordAt(recordAt(info.capabilities, 'thinking'), 'types');
			const supports = (name: string) => recordAt(types, name)['supported'] === true;
			if (Object.keys(types).length > 0) {
				facts.forms = [
					...(supports('adaptive') ? ['adaptive' as const] : []),
					...(supports('enabled') ? ['budget' as const] : []),
				];
				facts.disabled = supports('disabled') && supports('adaptive');
				facts.effort = recordAt(info.capabilities, 'effort')['supported'] === true;
			}
		} catch {
			deps.log.debug(`${config.id}: no capabilities for ${model}, going by its name`);
		}
		signal.throwIfAborted();
		// Another request may have learned more in the meantime.
		if (!learned.has(model)) {
			learned.add(model, facts);
		}
	}

	function stream(request: ModelRequest): AsyncIterable<ModelPart> {
		const { model } = request;
		let used: Known;
		return streamHttp(deps, config, request, {
			async send({ fetch, signal, ...credentials }) {
				if (!learned.has(model)) {
					await learn(model, credentials, signal);
				}
				used = learned.of(model);
				const body = buildBody(request, config.id, used);
				const sdk = await client(credentials, fetch);
				return sdk.messages.create(body, { signal }).asResponse();
			},
			async createReader() {
				const { AnthropicReader } = await import('./anthropicReader.ts');
				return new AnthropicReader(model);
			},
			correct: (fault) =>
				learned.correct(model, used, fault, (text) => readRefusal(text, used, request.thinking === 'off')),
		});
	}

	async function listModels(signal: AbortSignal): Promise<ModelInfo[]> {
		const { withListing } = await import('./listing.ts');
		return withListing(config, deps, signal, async (credentials, fetch, ownSignal) => {
			const sdk = await client(credentials, fetch);
			const found: ModelInfo[] = [];
			for await (const model of sdk.models.list({ limit: 1000 }, { signal: ownSignal })) {
				const info: ModelInfo = { id: `${config.id}/${model.id}`, name: model.display_name || model.id };
				if (model.max_input_tokens) {
					info.contextTokens = model.max_input_tokens;
				}
				if (model.max_tokens) {
					info.maxOutputTokens = model.max_tokens;
				}
				// Absent at gateways. A date that has passed is an overdue retirement, not one that happened.
				const shutsDown = dateOf(textAt(model, 'retires_at'));
				if (shutsDown !== undefined) {
					info.shutsDown = shutsDown;
				}
				if (textAt(model, 'lifecycle') === 'deprecated') {
					info.isDeprecated = true;
				}
				found.push(info);
			}
			return found;
		});
	}

	async function batch(): Promise<BatchApi> {
		const { anthropicBatch } = await import('./batch/anthropicBatch.ts');
		return anthropicBatch(deps, batchTerms, {
			client,
			learn: async (model, credentials, signal) => {
				if (!learned.has(model)) {
					await learn(model, credentials, signal);
				}
			},
			buildBody: (request) => buildBody(request, config.id, learned.of(request.model)),
		});
	}

	return { id: config.id, kind: config.kind, stream, listModels, batch };
}

const opus4: ListPrice = { input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25 };

export const anthropic: ProviderKind = {
	kind: 'anthropic',
	label: 'Anthropic',
	description: 'Anthropic Messages.',
	isModel: true,
	isServer: true,
	baseUrl: origin,
	batch: batchTerms,
	environmentKey: 'ANTHROPIC_API_KEY',
	// The API version whose events `AnthropicReader` reads.
	headers: { 'anthropic-version': '2026-10-21' },
	prices: {
		'claude-fable-5-1': { input: 10, output: 50, cachedInput: 0.25, cacheWrite: 12.5 },
		'claude-opus-5-5': { input: 4, output: 20, cachedInput: 0.2, cacheWrite: 5 },
		'claude-opus-5': opus4,
		'claude-opus-4-8': opus4,
		'claude-opus-4-7': opus4,
		'claude-opus-4-6': opus4,
		'claude-opus-4-5': opus4,
		'claude-sonnet-5-5': { input: 2, output: 10 },
		'claude-sonnet-4-6': { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 },
		'claude-haiku-4-5': { input: 1, output: 5, cachedInput: 0.1, cacheWrite: 1.25 },
		'claude-haiku-5-5': { input: 0.1, output: 0.5, cachedInput: 0.01, maxInput: 100_000 },
	},
	create: createAnthropicProvider,
};
