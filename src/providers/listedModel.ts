import { dateOf } from './dateOf.ts';
import { visibleLine, visibleText } from '../common/visibleText.ts';
import { isOtherPurpose } from './chatNames.ts';
import { isRecord, listAt, numberAt, recordAt, textAt } from './json.ts';
import type { ListPrice } from './prices.ts';
import { statedPrice } from './statedPrice.ts';

/** What a list tells about one model, checked: the server may send anything. */
export interface ListedModel {
	/** The name that requests use. */
	name: string;
	label: string;
	/** Seconds since 1970; 0 if the server does not say. */
	created: number;
	contextTokens?: number;
	price?: ListPrice;
	shutsDown?: string;
	chats?: boolean;
}

const maxNameLength = 256;
const maxLabelLength = 120;
const maxContext = 100_000_000;

/**
 * Fields for the size of the context: what a server has loaded (LM Studio, llama.cpp) before what the model could take, then
 * OpenRouter, Together, Fireworks and Ollama; Groq; Mistral and LM Studio; vLLM; proxies that pass Anthropic's or Gemini's field on.
 */
const contextFields = [
	'loaded_context_length',
	'context_length',
	'context_window',
	'max_context_length',
	'max_model_len',
	'max_input_tokens',
	'input_token_limit',
];

/** Values of `type` at Together, LM Studio and gateways. */
const otherTypes = new Set([
	'audio',
	'embedding',
	'embeddings',
	'image',
	'moderation',
	'rerank',
	'reranker',
	'speech',
	'stt',
	'transcribe',
	'transcription',
	'tts',
	'video',
]);
const chatTypes = new Set(['chat', 'llm', 'vlm']);

/** One entry of a server's list; undefined if no request could name it, or only with characters that nobody sees. */
export function readListedModel(entry: unknown): ListedModel | undefined {
	const name = textAt(entry, 'id');
	if (name === '' || name.length > maxNameLength || /\s/.test(name) || visibleText(name) !== name) {
		return undefined;
	}
	const contextTokens = contextOf(entry);
	const price = statedPrice(entry);
	// OpenAI: https://platform.openai.com/docs/api-reference/models/object
	const shutsDown = dateOf(textAt(entry, 'shutdown_date'));
	const chats = statedChats(entry) ?? (isOtherPurpose(name) ? false : undefined);
	return {
		name,
		label: labelOf(entry, name),
		created: numberAt(entry, 'created') ?? 0,
		...(contextTokens !== undefined && { contextTokens }),
		...(price && { price }),
		...(shutsDown !== undefined && { shutsDown }),
		...(chats !== undefined && { chats }),
	};
}

function labelOf(entry: unknown, name: string): string {
	// `name` is a title at OpenRouter, and another model's id at Mistral.
	const named = isRecord(entry) && 'architecture' in entry ? textAt(entry, 'name') : '';
	const title = textAt(entry, 'display_name') || named;
	return visibleLine(title.trim(), maxLabelLength) || name;
}

function contextOf(entry: unknown): number | undefined {
	const meta = recordAt(entry, 'meta');
	const values = [
		...contextFields.map((field) => numberAt(entry, field)),
		numberAt(meta, 'n_ctx'),
		numberAt(meta, 'n_ctx_train'),
	];
	return values.find((value) => value !== undefined && Number.isInteger(value) && value > 0 && value <= maxContext);
}

/** Whether the model answers chats, if the list says so. */
function statedChats(entry: unknown): boolean | undefined {
	// Mistral, Azure, Fireworks.
	const capabilities = recordAt(entry, 'capabilities');
	const supports = isRecord(entry) ? entry['supports_chat'] : undefined;
	const flags = [capabilities['completion_chat'], capabilities['chat_completion'], supports];
	const flag = flags.find((value) => typeof value === 'boolean');
	if (flag !== undefined) {
		return flag;
	}
	// Ollama.
	const can = listAt(entry, 'capabilities');
	if (can.includes('completion')) {
		return true;
	}
	if (can.includes('embedding')) {
		return false;
	}
	// OpenRouter, xAI. Text alone proves little: a transcription is text, too.
	const outputs = [
		...listAt(recordAt(entry, 'architecture'), 'output_modalities'),
		...listAt(entry, 'output_modalities'),
	];
	if (outputs.length > 0 && !outputs.includes('text')) {
		return false;
	}
	const type = textAt(entry, 'type').toLowerCase();
	return otherTypes.has(type) ? false : chatTypes.has(type) ? true : undefined;
}
