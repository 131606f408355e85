import type { StopReason, Usage } from '../common/turn.ts';
import { ThinkTags, type Piece } from '../common/thinkTags.ts';
import { AnsweredBy } from './answeredBy.ts';
import { ChatCalls } from './chatCalls.ts';
import { isRecord, listAt, recordAt, textAt, type JsonRecord } from './json.ts';
import { readOpenAiUsage } from './openaiReader.ts';
import {
	ProviderErrorEvent,
	refusalNotice,
	unknownReason,
	type Emit,
	type Ending,
	type StreamReader,
} from './streamReader.ts';
import { TaggedCopy } from './taggedCopy.ts';

const stopReasons = new Map<string, StopReason>([
	['stop', 'stop'],
	['length', 'length'],
	['tool_calls', 'tools'],
	['function_call', 'tools'],
	['content_filter', 'refusal'],
	// Not in OpenAI's list: Mistral, Z.ai, Together and proxies of other APIs.
	['eos', 'stop'],
	['end_turn', 'stop'],
	['max_tokens', 'length'],
	['model_length', 'length'],
	['sensitive', 'refusal'],
]);

/** Finish reasons that are failures: DeepSeek, OpenRouter, Z.ai, vLLM. */
const failures = new Set(['insufficient_system_resource', 'error', 'network_error', 'abort']);

/** The text of Mistral's `thinking` entry, which is a string or a list of text parts. */
function thinkingText(entry: JsonRecord): string {
	const thinking = entry['thinking'];
	return typeof thinking === 'string'
		? thinking
		: listAt(entry, 'thinking')
				.map((part) => textAt(part, 'text'))
				.join('');
}

/**
 * Reads the chunks of Chat Completions from OpenAI and compatible servers. In each chunk, reasoning is taken from one place
 * only: `reasoning_content`, else `reasoning`, else `reasoning_details`, else thinking entries in `content`, else `<think>`
 * tags; OpenRouter sends the same text in two of them, and a tagged copy of reasoning is dropped. Text that a closing tag
 * shows to have been thinking is reclassified.
 */
export class ChatReader implements StreamReader {
	/** Chunks of this API have no types. */
	readonly ignored = new Set<string>();
	readonly #tags: ThinkTags;
	/** Something other than plain text has arrived: from then on, tags in the text are text. */
	#mixed = false;
	readonly #learn: (opensItself: boolean) => void;
	readonly #answeredBy: AnsweredBy;
	readonly #calls = new ChatCalls();
	/** Fields of the answer other than the calls, as they are sent back. */
	readonly #reasoning: JsonRecord = {};
	readonly #details: JsonRecord[] = [];
	#content: string | JsonRecord[] = '';
	#finish: string | undefined;
	#refused = false;
	#usage: Usage | undefined;
	/** Reasoning that did not arrive in tags. */
	#separateReasoning = '';
	readonly #taggedCopy = new TaggedCopy();
	/** Increases whenever thinking and text alternate, so that each run of one kind is a block. */
	#blocks = 0;
	#block: { type: 'text' | 'thinking'; id: string } | undefined;

	/** `learn` is called at the end and receives whether the model's template opens the thinking block itself. */
	constructor(model: string, opensItself: boolean, learn: (opensItself: boolean) => void) {
		this.#answeredBy = new AnsweredBy(model);
		this.#tags = new ThinkTags(opensItself);
		this.#learn = learn;
	}

	read(data: unknown, emit: Emit): boolean {
		if (data === '[DONE]') {
			return true;
		}
		this.#answeredBy.note(textAt(data, 'model'), emit);
		const choice = listAt(data, 'choices')[0];
		// Next to the choice, in Groq's own field, or in the choice (Moonshot and others).
		for (const place of [choice, recordAt(data, 'x_groq'), data]) {
			const usage = isRecord(place) ? place['usage'] : undefined;
			if (isRecord(usage)) {
				this.#usage = readOpenAiUsage(usage) ?? this.#usage;
			}
		}
		if (isRecord(choice)) {
			this.#readDelta(recordAt(choice, 'delta'), emit);
			const finish = textAt(choice, 'finish_reason');
			if (finish !== '') {
				this.#finish = finish;
			}
		}
		return false;
	}

	readDocument(document: unknown, emit: Emit): boolean {
		const [choice] = listAt(document, 'choices');
		const message = isRecord(choice) ? choice['message'] : undefined;
		if (!isRecord(document) || !isRecord(choice) || !isRecord(message)) {
			return false;
		}
		this.read({ ...document, choices: [{ ...choice, delta: message }] }, emit);
		return true;
	}

	end(marked: boolean, emit: Emit): Ending | undefined {
		if (this.#finish === undefined && !marked) {
			this.#showHeld(false, emit);
			return undefined;
		}
		if (this.#finish !== undefined && failures.has(this.#finish)) {
			this.#showHeld(false, emit);
			throw new ProviderErrorEvent({ error: { type: this.#finish, message: `finish_reason: ${this.#finish}` } });
		}
		const stopReason = this.#stopReason();
		this.#showHeld(stopReason === 'stop', emit);
		this.#learn(!this.#mixed && this.#tags.opensItself);
		for (const call of this.#calls.parsed()) {
			emit({ type: 'tool-call', ...call });
		}
		const ending: Ending = { stopReason, native: this.#native() };
		if (this.#usage !== undefined) {
			ending.usage = this.#usage;
		}
		if (stopReason === 'refusal') {
			ending.notice = refusalNotice(this.#finish === 'content_filter');
		} else if (this.#finish !== undefined && !stopReasons.has(this.#finish)) {
			ending.notice = unknownReason(this.#finish);
		}
		return ending;
	}

	/** Shows what was held back. `finished`: the answer ended normally. */
	#showHeld(finished: boolean, emit: Emit): void {
		const held: Piece[] = this.#mixed ? [{ type: 'text', text: this.#taggedCopy.end() }] : this.#tags.end(finished);
		this.#show(held, emit);
	}

	/** Shows something other than plain text, after any plain text that was held back. */
	#showOther(type: 'text' | 'thinking', text: string, emit: Emit): void {
		const held = this.#mixed ? [] : this.#tags.end(false);
		this.#mixed = true;
		this.#show([...held, { type, text }], emit);
	}

	#stopReason(): StopReason {
		if (this.#refused) {
			return 'refusal';
		}
		const reason = stopReasons.get(this.#finish ?? '') ?? 'unknown';
		if (this.#calls.size > 0) {
			return reason === 'stop' || this.#finish === undefined ? 'tools' : reason;
		}
		return reason === 'tools' ? 'unknown' : reason;
	}

	#native(): unknown[] {
		const calls = this.#calls.native();
		const empty = this.#content.length === 0;
		if (empty && calls.length === 0) {
			return [];
		}
		return [
			{
				role: 'assistant',
				content: empty ? null : this.#content,
				...this.#reasoning,
				...(this.#details.length > 0 ? { reasoning_details: this.#details } : {}),
				...(calls.length > 0 ? { tool_calls: calls } : {}),
			},
		];
	}

	#readDelta(delta: JsonRecord, emit: Emit): void {
		const details = listAt(delta, 'reasoning_details').filter(isRecord);
		details.forEach((detail) => this.#addDetail(detail));
		let reasoning = '';
		for (const name of ['reasoning_content', 'reasoning']) {
			const text = textAt(delta, name);
			if (text !== '') {
				this.#reasoning[name] = textAt(this.#reasoning, name) + text;
				reasoning ||= text;
			}
		}
		reasoning ||= details.map((detail) => textAt(detail, 'text') || textAt(detail, 'summary')).join('');
		if (reasoning !== '') {
			this.#separateReasoning += reasoning;
			this.#showOther('thinking', reasoning, emit);
		}
		this.#readContent(delta['content'], emit);
		const refusal = textAt(delta, 'refusal');
		if (refusal !== '') {
			this.#refused = true;
			this.#showOther('text', refusal, emit);
		}
		for (const call of listAt(delta, 'tool_calls')) {
			this.#calls.add(call);
		}
	}

	#readContent(content: unknown, emit: Emit): void {
		if (typeof content === 'string' && content !== '') {
			this.#addContent({ type: 'text', text: content });
			const pieces: Piece[] = this.#mixed
				? [{ type: 'text', text: this.#taggedCopy.push(content, this.#separateReasoning) }]
				: this.#tags.push(content);
			this.#show(pieces, emit);
		} else if (Array.isArray(content)) {
			for (const entry of content.filter(isRecord)) {
				const thinking = entry['type'] === 'thinking';
				const text = thinking ? thinkingText(entry) : textAt(entry, 'text');
				if (thinking) {
					this.#separateReasoning += text;
				}
				this.#addContent(thinking ? { ...entry, thinking: [{ type: 'text', text }] } : entry);
				this.#showOther(thinking ? 'thinking' : 'text', text, emit);
			}
		}
	}

	/** Keeps the content in the form in which it arrived: one string, or a list once it had a thinking entry. */
	#addContent(entry: JsonRecord): void {
		if (typeof this.#content === 'string') {
			if (entry['type'] === 'text') {
				this.#content += textAt(entry, 'text');
				return;
			}
			this.#content = this.#content === '' ? [] : [{ type: 'text', text: this.#content }];
		}
		const last = this.#content.at(-1);
		if (last === undefined || last['type'] !== entry['type'] || !('text' in entry || 'thinking' in entry)) {
			this.#content.push({ ...entry });
		} else if (entry['type'] === 'thinking') {
			const text = thinkingText(last) + thinkingText(entry);
			Object.assign(last, entry, { thinking: [{ type: 'text', text }] });
		} else {
			Object.assign(last, entry, { text: textAt(last, 'text') + textAt(entry, 'text') });
		}
	}

	#addDetail(detail: JsonRecord): void {
		const last = this.#details.at(-1);
		if (last === undefined || last['type'] !== detail['type'] || last['index'] !== detail['index']) {
			this.#details.push({ ...detail });
			return;
		}
		for (const [name, value] of Object.entries(detail)) {
			if ((name === 'text' || name === 'summary' || name === 'data') && typeof value === 'string') {
				last[name] = textAt(last, name) + value;
			} else if (value !== null) {
				last[name] = value;
			}
		}
	}

	#show(pieces: Piece[], emit: Emit): void {
		for (const piece of pieces) {
			if (piece.type === 'reclassify') {
				if (this.#block !== undefined) {
					this.#block.type = piece.as;
					emit({ type: 'reclassify', id: this.#block.id, as: piece.as });
				}
			} else if (piece.text !== '') {
				const { type, text } = piece;
				if (type !== this.#block?.type) {
					this.#block = { type, id: `${type}-${++this.#blocks}` };
				}
				emit({ type, id: this.#block.id, text });
			}
		}
	}
}
