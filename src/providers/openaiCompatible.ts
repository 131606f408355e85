import type {
	ChatCompletionCreateParamsStreaming,
	ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { HttpDeps } from './httpCall.ts';
import { streamHttp } from './httpStream.ts';
import { argumentRecord, isRecord } from './json.ts';
import { Learned } from './learned.ts';
import type { ProviderKind } from './kind.ts';
import { openAiClient } from './openAiClient.ts';
import type { ModelInfo, ModelMessage, ModelPart, ModelProvider, ModelRequest, ProviderConfig } from './provider.ts';
import { systemPrompt } from './structured.ts';
import { effortFor } from './thinking.ts';

/** What was learned about a model from its refusals. */
interface Known {
	/** A level of thinking can be requested. */
	effort: boolean;
	/** It can be requested that the model does not think. */
	none: boolean;
	schema: boolean;
	usage: boolean;
	completionTokens: boolean;
	/** Accepts the reasoning of its earlier answers. */
	takesReasoning: boolean;
}

/** Fields of an answer, as `ChatReader` keeps them, that some servers send but refuse to receive. */
const reasoningFields = new Set(['reasoning_content', 'reasoning', 'reasoning_details']);

function withoutReasoning(message: unknown): unknown {
	return isRecord(message)
		? Object.fromEntries(Object.entries(message).filter(([name]) => !reasoningFields.has(name)))
		: message;
}

function toMessages(
	message: ModelMessage,
	provider: string,
	model: string,
	known: Known,
): ChatCompletionMessageParam[] {
	const { native } = message;
	if (message.role === 'assistant' && native?.provider === provider && native.model === model) {
		const blocks = known.takesReasoning ? native.blocks : native.blocks.map(withoutReasoning);
		return blocks as ChatCompletionMessageParam[];
	}
	const results: ChatCompletionMessageParam[] = [];
	const texts: string[] = [];
	const calls = [];
	for (const part of message.content) {
		if (part.type === 'tool-result') {
			results.push({ role: 'tool', tool_call_id: part.id, content: part.content });
		} else if (part.type === 'tool-call') {
			const input = JSON.stringify(argumentRecord(part.input));
			calls.push({ id: part.id, type: 'function' as const, function: { name: part.name, arguments: input } });
		} else if (part.text.trim() !== '') {
			texts.push(part.text);
		}
	}
	const content = texts.join('\n\n');
	if (message.role === 'user') {
		return content === '' ? results : [...results, { role: 'user', content }];
	}
	if (calls.length > 0) {
		return [{ role: 'assistant', content: content === '' ? null : content, tool_calls: calls }];
	}
	return content === '' ? [] : [{ role: 'assistant', content }];
}

function buildBody(request: ModelRequest, config: ProviderConfig, known: Known): ChatCompletionCreateParamsStreaming {
	const { responseSchema, thinking, tools } = request;
	const system = systemPrompt(request, known.schema);
	const turns = request.messages.flatMap((message) => toMessages(message, config.id, request.model, known));
	const body: ChatCompletionCreateParamsStreaming = {
		model: request.model,
		stream: true,
		messages: system === '' ? turns : [{ role: 'system', content: system }, ...turns],
	};
	if (known.completionTokens) {
		body.max_completion_tokens = request.maxTokens;
	} else {
		body.max_tokens = request.maxTokens;
	}
	if (known.usage) {
		body.stream_options = { include_usage: true };
	}
	if (tools !== undefined && tools.length > 0) {
		body.tools = tools.map(({ name, description, inputSchema }) => ({
			type: 'function',
			function: { name, description, parameters: inputSchema },
		}));
	}
	if (thinking !== 'off' && known.effort) {
		body.reasoning_effort = effortFor(thinking, request.thinkingBudget);
	} else if (thinking === 'off' && known.none) {
		// On many servers a thinking model thinks unless the request says otherwise.
		body.reasoning_effort = 'none';
	}
	if (responseSchema !== undefined && known.schema) {
		const { name, schema } = responseSchema;
		body.response_format = { type: 'json_schema', json_schema: { name, schema, strict: true } };
	}
	return body;
}

/** A message of the conversation has reasoning that the server does not allow: Groq, Cerebras and proxies for them. */
const refusesReasoning =
	/messages.*\breasoning(_content|_details)?\b.*(unsupported|not (supported|permitted|allowed)|extra|unknown|unrecognized)/is;
/** Refusals about messages of the conversation, which no parameter can fix. */
const aboutConversation = /reasoning_content|thought_signature|passed back/i;

/** Some servers list every field that they do not know in one refusal. */
function readRefusal(text: string, known: Known, off: boolean): Partial<Known> {
	const facts: Partial<Known> = {};
	if (known.takesReasoning && refusesReasoning.test(text)) {
		return { takesReasoning: false };
	}
	if (aboutConversation.test(text)) {
		return facts;
	}
	if (!known.completionTokens && /max_completion_tokens/.test(text)) {
		facts.completionTokens = true;
	}
	if (known.usage && /stream_options|include_usage/.test(text)) {
		facts.usage = false;
	}
	if (known.schema && /response_format|json_schema/.test(text)) {
		facts.schema = false;
	}
	const other = Object.keys(facts).length > 0;
	if (other ? /reasoning_?effort/i.test(text) : /reasoning|effort|think/i.test(text)) {
		if (off && known.none) {
			facts.none = false;
		} else if (!off && known.effort) {
			facts.effort = false;
		}
	}
	return facts;
}

/** Adapter for Chat Completions: Ollama, LM Studio, vLLM, llama.cpp, OpenRouter, DeepSeek, Groq, Mistral, xAI and others. */
function createOpenAiCompatibleProvider(config: ProviderConfig, deps: HttpDeps): ModelProvider {
	const learned = new Learned<Known>(() => ({
		effort: true,
		none: true,
		schema: true,
		usage: true,
		completionTokens: false,
		takesReasoning: true,
	}));
	/** Models whose template opens the thinking block itself, see `ThinkTags`; many do so only if thinking is requested. */
	const opening = new Set<string>();

	function stream(request: ModelRequest): AsyncIterable<ModelPart> {
		const { model } = request;
		const template = `${request.thinking === 'off'} ${model}`;
		let used = learned.of(model);
		return streamHttp(deps, config, request, {
			async send({ fetch, signal, ...credentials }) {
				const sdk = await openAiClient(deps, credentials, fetch);
				used = learned.of(model);
				return sdk.chat.completions.create(buildBody(request, config, used), { signal }).asResponse();
			},
			async createReader() {
				const { ChatReader } = await import('./chatReader.ts');
				return new ChatReader(model, opening.has(template), (opens) => {
					if (opens) {
						opening.add(template);
					} else {
						opening.delete(template);
					}
				});
			},
			correct: (fault) =>
				learned.correct(model, used, fault, (text) => readRefusal(text, used, request.thinking === 'off')),
		});
	}

	async function listModels(signal: AbortSignal): Promise<ModelInfo[]> {
		const { listOpenAiModels } = await import('./openAiListing.ts');
		return listOpenAiModels(config, deps, signal);
	}

	return { id: config.id, kind: config.kind, stream, listModels };
}

export const openAiCompatible: ProviderKind = {
	kind: 'openai-compatible',
	label: 'OpenAI-compatible',
	description: 'Chat Completions: Ollama, LM Studio, vLLM, llama.cpp, OpenRouter and others. Needs `baseUrl`.',
	isModel: true,
	isServer: true,
	create: createOpenAiCompatibleProvider,
};
