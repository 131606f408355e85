import type { ResponseCreateParamsStreaming, ResponseInputItem } from 'openai/resources/responses/responses';
import type { ProviderKind } from './kind.ts';
import type { HttpDeps } from './httpCall.ts';
import { streamHttp } from './httpStream.ts';
import { argumentRecord } from './json.ts';
import { Learned } from './learned.ts';
import { openAiClient } from './openAiClient.ts';
import { pricesReadOn } from './prices.ts';
import type {
	BatchApi,
	BatchTerms,
	ModelInfo,
	ModelMessage,
	ModelPart,
	ModelProvider,
	ModelRequest,
	ProviderConfig,
} from './provider.ts';
import { systemPrompt } from './structured.ts';
import { effortFor, lowestEffort, reasonsInResponses } from './thinking.ts';

/** What was learned about a model from its refusals. */
interface Known {
	reasoning: boolean;
	/** A level of reasoning can be requested. */
	effort: boolean;
	/** The lowest level can be requested. */
	lowest: boolean;
	summary: boolean;
	schema: boolean;
}

function toInput(message: ModelMessage, provider: string, model: string): ResponseInputItem[] {
	const { native } = message;
	if (message.role === 'assistant' && native?.provider === provider && native.model === model) {
		return native.blocks as ResponseInputItem[];
	}
	const items: ResponseInputItem[] = [];
	for (const part of message.content) {
		if (part.type === 'tool-call') {
			const input = JSON.stringify(argumentRecord(part.input));
			items.push({ type: 'function_call', call_id: part.id, name: part.name, arguments: input });
		} else if (part.type === 'tool-result') {
			items.push({ type: 'function_call_output', call_id: part.id, output: part.content });
		} else if (part.text.trim() !== '') {
			items.push({ role: message.role, content: part.text });
		}
	}
	return items;
}

function buildBody(
	request: Omit<ModelRequest, 'signal'>,
	provider: string,
	known: Known,
): ResponseCreateParamsStreaming {
	const { responseSchema, thinking, tools } = request;
	const instructions = systemPrompt(request, known.schema);
	const body: ResponseCreateParamsStreaming = {
		model: request.model,
		stream: true,
		store: false,
		max_output_tokens: request.maxTokens,
		input: request.messages.flatMap((message) => toInput(message, provider, request.model)),
	};
	if (instructions !== '') {
		body.instructions = instructions;
	}
	if (tools !== undefined && tools.length > 0) {
		body.tools = tools.map((tool) => ({
			type: 'function',
			name: tool.name,
			description: tool.description,
			parameters: tool.inputSchema,
			strict: false,
		}));
	}
	if (known.reasoning) {
		body.include = ['reasoning.encrypted_content'];
		const effort = thinking === 'off' ? lowestEffort(request.model) : effortFor(thinking, request.thinkingBudget);
		const reasoning = {
			...(effort !== undefined && (thinking === 'off' ? known.lowest : known.effort) ? { effort } : {}),
			...(thinking !== 'off' && known.summary ? { summary: 'auto' as const } : {}),
		};
		if (Object.keys(reasoning).length > 0) {
			body.reasoning = reasoning;
		}
	}
	if (responseSchema !== undefined && known.schema) {
		const { name, schema } = responseSchema;
		body.text = { format: { type: 'json_schema', name, schema, strict: true } };
	}
	return body;
}

/** Refusals about items of the conversation, which no parameter can fix. */
const aboutConversation = /\b(rs|msg|fc)_|\bitems?\b|could not be verified/i;

function readRefusal(text: string, known: Known, off: boolean): Partial<Known> {
	if (aboutConversation.test(text)) {
		return {};
	}
	if (known.summary && /summary|summaries/.test(text)) {
		return { summary: false };
	}
	if (known.reasoning && /reasoning|encrypted|effort/i.test(text)) {
		if (/(unsupported|invalid) value/i.test(text)) {
			return off ? { lowest: false } : { effort: false };
		}
		return { reasoning: false };
	}
	return known.schema && /json_schema|text\.format|response_format|schema/i.test(text) ? { schema: false } : {};
}

const origin = 'https://api.openai.com';

/** https://developers.openai.com/api/docs/guides/batch, https://developers.openai.com/api/docs/pricing */
const batchTerms: BatchTerms = {
	maxRequests: 50_000,
	maxBytes: 200_000_000,
	hours: 24,
	priceShare: 0.5,
	pricedAt: origin,
	readOn: pricesReadOn,
};

/** Adapter for OpenAI's Responses API. Stateless: the provider stores nothing, and reasoning is sent back encrypted. */
function createOpenAiProvider(config: ProviderConfig, deps: HttpDeps): ModelProvider {
	const learned = new Learned<Known>((model) => ({
		reasoning: reasonsInResponses(model),
		effort: true,
		lowest: true,
		summary: true,
		schema: true,
	}));

	function stream(request: ModelRequest): AsyncIterable<ModelPart> {
		const { model } = request;
		let used = learned.of(model);
		return streamHttp(deps, config, request, {
			async send({ fetch, signal, ...credentials }) {
				const sdk = await openAiClient(deps, credentials, fetch);
				used = learned.of(model);
				return sdk.responses.create(buildBody(request, config.id, used), { signal }).asResponse();
			},
			async createReader() {
				const { OpenAiReader } = await import('./openaiReader.ts');
				return new OpenAiReader(model);
			},
			correct: (fault) =>
				learned.correct(model, used, fault, (text) => readRefusal(text, used, request.thinking === 'off')),
		});
	}

	async function listModels(signal: AbortSignal): Promise<ModelInfo[]> {
		const { listOpenAiModels } = await import('./openAiListing.ts');
		return listOpenAiModels(config, deps, signal);
	}

	async function batch(): Promise<BatchApi> {
		const { openAiBatch } = await import('./batch/openAiBatch.ts');
		return openAiBatch(deps, batchTerms, (request) => buildBody(request, config.id, learned.of(request.model)));
	}

	return { id: config.id, kind: config.kind, stream, listModels, batch };
}

const longContext = { maxInput: 272_000 };

export const openAi: ProviderKind = {
	kind: 'openai',
	label: 'OpenAI',
	description: 'OpenAI Responses.',
	isModel: true,
	isServer: true,
	baseUrl: `${origin}/v1`,
	batch: batchTerms,
	environmentKey: 'OPENAI_API_KEY',
	prices: {
		'gpt-6.1-sol': { input: 2, output: 10, cachedInput: 0.1, ...longContext },
		'gpt-6-sol': { input: 2, output: 10, cachedInput: 0.2, ...longContext },
		'gpt-6-luna': { input: 0.1, output: 0.5, cachedInput: 0.01, ...longContext },
		'gpt-5.6-sol': { input: 5, output: 30, cachedInput: 0.5, ...longContext },
		'gpt-5.5': { input: 5, output: 30, cachedInput: 0.5, ...longContext },
		'gpt-5.4': { input: 2.5, output: 15, cachedInput: 0.25, ...longContext },
		'gpt-5.4-mini': { input: 0.75, output: 4.5, cachedInput: 0.075 },
		'gpt-5.4-nano': { input: 0.2, output: 1.25, cachedInput: 0.02 },
	},
	create: createOpenAiProvider,
};
