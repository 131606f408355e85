import * as l10n from '@vscode/l10n';
import type { StopReason, Usage } from '../common/turn.ts';
import { AnsweredBy } from './answeredBy.ts';
import {
	argumentRecord,
	defined,
	isRecord,
	listAt,
	numberAt,
	parseArguments,
	recordAt,
	textAt,
	type JsonRecord,
} from './json.ts';
import { ProviderErrorEvent, unknownReason, type Emit, type Ending, type StreamReader } from './streamReader.ts';

interface Block {
	/** The block as the provider sent it, with its deltas applied. */
	native: JsonRecord;
	/** Arguments of a tool call that have arrived so far. */
	arguments: string;
	/** Id of the stream part that shows it. */
	id: string;
	closed: boolean;
	/** White space at the start of a text block, held back until something else follows. */
	held: string;
	/** Arrived as deltas inside a block of another type, so it is not a block to the provider. */
	stray: boolean;
}

const stopReasons = new Map<string, StopReason>([
	['end_turn', 'stop'],
	['stop_sequence', 'stop'],
	['max_tokens', 'length'],
	['model_context_window_exceeded', 'length'],
	['tool_use', 'tools'],
	// The model wants its own turn back to continue it: the tool loop sends it without results.
	['pause_turn', 'tools'],
	['refusal', 'refusal'],
]);

/** The block types that a delta belongs to; other deltas belong to block types that are unknown here. */
const blockTypesOf: Record<string, RegExp> = {
	text_delta: /^text$/,
	citations_delta: /^text$/,
	thinking_delta: /^thinking$/,
	signature_delta: /^thinking$/,
	input_json_delta: /tool_use$/,
};
const knownBlock = /^(text|(redacted_)?thinking|tool_use)$/;

function readUsage(usage: JsonRecord): Usage {
	const read = numberAt(usage, 'cache_read_input_tokens');
	const written = numberAt(usage, 'cache_creation_input_tokens');
	const input = numberAt(usage, 'input_tokens');
	return defined({
		inputTokens: input === undefined ? undefined : input + (read ?? 0) + (written ?? 0),
		outputTokens: numberAt(usage, 'output_tokens'),
		thinkingTokens: numberAt(recordAt(usage, 'output_tokens_details'), 'thinking_tokens'),
		cachedInputTokens: read,
		cacheWriteTokens: written,
	});
}

/** The events that correspond to a complete message. */
function* eventsOf(message: JsonRecord): Generator<JsonRecord> {
	const { usage, stop_reason, stop_details } = message;
	yield { type: 'message_start', message };
	for (const [index, content_block] of listAt(message, 'content').entries()) {
		yield { type: 'content_block_start', index, content_block };
		yield { type: 'content_block_stop', index };
	}
	yield { type: 'message_delta', delta: { stop_reason, stop_details }, usage };
	yield { type: 'message_stop' };
}

/**
 * Reads the events of Anthropic's Messages API (message_start, content_block_*, message_delta, message_stop). Blocks of
 * unknown types are kept in `native` but not shown. What a server streams into a block of another type gets a block of its
 * own: text in a tool call is text.
 */
export class AnthropicReader implements StreamReader {
	readonly ignored = new Set<string>();
	readonly #answeredBy: AnsweredBy;
	/** All blocks, in the order in which they began. */
	#order: Block[] = [];
	/** The block that the server currently means by an index. */
	#blocks = new Map<number, Block>();
	/** What was streamed into a block of another type. */
	#strays = new Map<Block, Map<string, Block>>();
	#usage: JsonRecord = {};
	#stop: { reason: string; details: JsonRecord } = { reason: '', details: {} };
	#shown = false;
	#calls = false;

	constructor(model: string) {
		this.#answeredBy = new AnsweredBy(model);
	}

	read(data: unknown, emit: Emit): boolean {
		const index = numberAt(data, 'index') ?? -1;
		const type = textAt(data, 'type');
		switch (type) {
			case 'message_start': {
				const message = recordAt(data, 'message');
				this.#restart(recordAt(message, 'usage'));
				this.#answeredBy.note(textAt(message, 'model'), emit);
				break;
			}
			case 'content_block_start':
				this.#startBlock(index, recordAt(data, 'content_block'), emit);
				break;
			case 'content_block_delta':
				this.#growBlock(index, recordAt(data, 'delta'), emit);
				break;
			case 'content_block_stop':
				this.#endBlock(this.#blocks.get(index), emit);
				break;
			case 'message_delta': {
				const delta = recordAt(data, 'delta');
				if (typeof delta['stop_reason'] === 'string') {
					this.#stop = { reason: delta['stop_reason'], details: recordAt(delta, 'stop_details') };
				}
				const usage = recordAt(data, 'usage');
				const served = listAt(usage, 'iterations').find((step) => textAt(step, 'type') === 'fallback_message');
				this.#answeredBy.note(textAt(served, 'model'), emit);
				this.#addUsage(usage);
				break;
			}
			case 'message_stop':
				return true;
			case 'ping':
				break;
			default:
				this.ignored.add(type);
		}
		return false;
	}

	readDocument(document: unknown, emit: Emit): boolean {
		if (!isRecord(document) || document['type'] !== 'message' || !Array.isArray(document['content'])) {
			return false;
		}
		for (const event of eventsOf(document)) {
			this.read(event, emit);
		}
		return true;
	}

	end(marked: boolean, emit: Emit): Ending | undefined {
		const { reason, details } = this.#stop;
		if (!marked && reason === '') {
			return undefined;
		}
		for (const block of this.#order) {
			this.#endBlock(block, emit);
		}
		const usage = readUsage(this.#usage);
		const ending: Ending = {
			stopReason: reason === 'tool_use' && !this.#calls ? 'unknown' : (stopReasons.get(reason) ?? 'unknown'),
			native: this.#native(),
		};
		if (Object.keys(usage).length > 0) {
			ending.usage = usage;
		}
		const explanation = textAt(details, 'explanation') || textAt(details, 'category');
		if (reason === 'refusal') {
			ending.notice =
				explanation === ''
					? l10n.t('The model refused to answer.')
					: l10n.t('The model refused to answer: {0}', explanation);
		} else if (reason === 'model_context_window_exceeded') {
			ending.notice = l10n.t('The conversation filled the model’s context.');
		} else if (reason !== '' && !stopReasons.has(reason)) {
			ending.notice = unknownReason(reason);
		}
		return ending;
	}

	/**
	 * The blocks that may be sent back: no empty text blocks, no thinking that the provider did not send as a block (it has
	 * no signature), and no thinking at the end, where the limit cut it off.
	 */
	#native(): JsonRecord[] {
		const blocks = this.#order
			.filter(({ native, stray }) => native['type'] !== 'thinking' || !stray)
			.map(({ native }) => native)
			.filter((block) => block['type'] !== 'text' || textAt(block, 'text').trim() !== '');
		const last = blocks.findLastIndex((block) => !/^(redacted_)?thinking$/.test(textAt(block, 'type')));
		return blocks.slice(0, last + 1);
	}

	/** A gateway that retries within one stream begins a second message, which is fine as long as nothing was shown. */
	#restart(usage: JsonRecord): void {
		if (this.#shown) {
			const message = l10n.t('A second message began inside the answer');
			throw new ProviderErrorEvent({ error: { type: 'api_error', message } });
		}
		this.#order = [];
		this.#blocks = new Map();
		this.#strays = new Map();
		this.#usage = {};
		// Its output token count is not that of the answer, which comes with message_delta.
		this.#addUsage({ ...usage, output_tokens: null });
	}

	#addUsage(usage: JsonRecord): void {
		for (const [name, value] of Object.entries(usage)) {
			if (value !== null) {
				this.#usage[name] = value;
			}
		}
	}

	#add(native: JsonRecord, stray: boolean): Block {
		const kind = native['type'] === 'text' ? 'text' : 'thinking';
		const id = `${kind}-${this.#order.length}`;
		const block: Block = { native, arguments: '', id, closed: false, held: '', stray };
		this.#order.push(block);
		return block;
	}

	#startBlock(index: number, given: JsonRecord, emit: Emit): void {
		// A server that numbers every block 0 does not always end the previous one.
		this.#endBlock(this.#blocks.get(index), emit);
		const block = this.#add({ ...given }, false);
		this.#blocks.set(index, block);
		const { native } = block;
		if (native['type'] === 'fallback') {
			this.#answeredBy.note(textAt(recordAt(native, 'to'), 'model'), emit);
		}
		for (const [field, type] of [
			['text', 'text_delta'],
			['thinking', 'thinking_delta'],
		] as const) {
			const initial = textAt(native, field);
			if (native['type'] === field && initial !== '') {
				native[field] = '';
				this.#growBlock(index, { type, [field]: initial }, emit);
			}
		}
	}

	/** The block that a delta belongs to; undefined if the delta cannot be kept. */
	#blockFor(index: number, type: string): Block | undefined {
		let named = this.#blocks.get(index);
		const fits = blockTypesOf[type];
		if (
			named !== undefined &&
			(fits?.test(textAt(named.native, 'type')) ?? !knownBlock.test(textAt(named.native, 'type')))
		) {
			return named;
		}
		const kind = type === 'text_delta' ? 'text' : type === 'thinking_delta' ? 'thinking' : undefined;
		if (kind === undefined) {
			this.ignored.add(type);
			return undefined;
		}
		if (named === undefined) {
			named = this.#add({ type: kind, [kind]: '' }, true);
			this.#blocks.set(index, named);
			return named;
		}
		const strays = this.#strays.get(named) ?? new Map<string, Block>();
		this.#strays.set(named, strays);
		const stray = strays.get(kind) ?? this.#add({ type: kind, [kind]: '' }, true);
		strays.set(kind, stray);
		return stray;
	}

	#growBlock(index: number, delta: JsonRecord, emit: Emit): void {
		const type = textAt(delta, 'type');
		const block = this.#blockFor(index, type);
		if (block === undefined) {
			return;
		}
		const { native, id } = block;
		switch (type) {
			case 'text_delta': {
				const text = textAt(delta, 'text');
				const before = textAt(native, 'text');
				native['text'] = before + text;
				if (before.length === block.held.length && text.trim() === '') {
					block.held += text;
				} else if (text !== '') {
					const held = before.length === block.held.length ? block.held : '';
					block.held = '';
					this.#shown = true;
					emit({ type: 'text', id, text: held + text });
				}
				break;
			}
			case 'thinking_delta': {
				const text = textAt(delta, 'thinking');
				native['thinking'] = textAt(native, 'thinking') + text;
				if (text !== '') {
					this.#shown = true;
					emit({ type: 'thinking', id, text });
				}
				break;
			}
			case 'input_json_delta':
				block.arguments += textAt(delta, 'partial_json');
				break;
			case 'signature_delta':
				native['signature'] = delta['signature'];
				break;
			case 'citations_delta':
				if (!Array.isArray(native['citations'])) {
					native['citations'] = [];
				}
				(native['citations'] as unknown[]).push(delta['citation']);
				break;
			default:
				for (const [name, value] of Object.entries(delta)) {
					if (name !== 'type') {
						native[name] = typeof value === 'string' ? textAt(native, name) + value : value;
					}
				}
		}
	}

	#endBlock(block: Block | undefined, emit: Emit): void {
		if (block === undefined || block.closed) {
			return;
		}
		block.closed = true;
		const { native } = block;
		if (native['type'] === 'tool_use' || block.arguments !== '') {
			const initial = native['input'];
			const given = block.arguments === '' && isRecord(initial) ? initial : parseArguments(block.arguments);
			native['input'] = argumentRecord(given);
			if (native['type'] === 'tool_use') {
				this.#shown = true;
				this.#calls = true;
				emit({ type: 'tool-call', id: textAt(native, 'id'), name: textAt(native, 'name'), input: given });
			}
		} else if (
			native['type'] === 'redacted_thinking' ||
			(native['type'] === 'thinking' && textAt(native, 'thinking') === '')
		) {
			this.#shown = true;
			emit({ type: 'thinking', id: block.id, text: '' });
		}
	}
}
