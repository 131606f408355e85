import type { Usage } from '../common/turn.ts';
import { AnsweredBy } from './answeredBy.ts';
import {
	defined,
	isRecord,
	listAt,
	numberAt,
	objectArguments,
	parseArguments,
	recordAt,
	textAt,
	type JsonRecord,
} from './json.ts';
import {
	ProviderErrorEvent,
	refusalNotice,
	unknownReason,
	type Emit,
	type Ending,
	type StreamReader,
} from './streamReader.ts';
import { fuller, isIncomplete, unstreamed } from './unstreamed.ts';

export function readOpenAiUsage(usage: JsonRecord): Usage | undefined {
	const read: Usage = defined({
		inputTokens: numberAt(usage, 'input_tokens') ?? numberAt(usage, 'prompt_tokens'),
		outputTokens: numberAt(usage, 'output_tokens') ?? numberAt(usage, 'completion_tokens'),
		thinkingTokens:
			numberAt(recordAt(usage, 'output_tokens_details'), 'reasoning_tokens') ??
			numberAt(recordAt(usage, 'completion_tokens_details'), 'reasoning_tokens'),
		cachedInputTokens:
			numberAt(recordAt(usage, 'input_tokens_details'), 'cached_tokens') ??
			numberAt(recordAt(usage, 'prompt_tokens_details'), 'cached_tokens') ??
			// DeepSeek's older name.
			numberAt(usage, 'prompt_cache_hit_tokens'),
	});
	return Object.keys(read).length === 0 ? undefined : read;
}

/** Fields of a reasoning item. */
type ThinkingForm = 'summary' | 'content';

/** One item of the output, with everything that has arrived of it. */
interface Item {
	index: number;
	/** Unique in the answer, unlike the output indexes of some servers. */
	number: number;
	/** The announced item, later the finished one. */
	record: JsonRecord | undefined;
	ended: boolean;
	/** The text of a message that was shown so far, and the ids of its blocks. */
	text: string;
	textIds: string[];
	/** The next text begins another part of the message. */
	newPart: boolean;
	refusal: boolean;
	/** The model's comments on what it is doing, not its answer. */
	commentary: boolean;
	/** The form in which thinking streams; some servers send the same text in both. */
	form: ThinkingForm | undefined;
	/** The thinking that was shown in each form. */
	thought: Record<ThinkingForm, string>;
	/** Number of the current content part of the thinking. */
	part: number;
	/** Arguments or input of a call. */
	arguments: string;
	called: boolean;
}

const isCall = (type: string) => type === 'function_call' || type === 'custom_tool_call';

/** Whether an item can be sent back to a server that stores nothing: reasoning only if its content is included. */
function isSelfContained(item: JsonRecord): boolean {
	return (
		item['type'] !== 'reasoning' ||
		typeof item['encrypted_content'] === 'string' ||
		listAt(item, 'content').length > 0
	);
}

/**
 * Reads the events of OpenAI's Responses API. While an item is open it is identified by its `output_index`, because some
 * servers change the ids; what was streamed of it is identified by its text, because some servers number the parts
 * differently. A finished item adds what was not streamed; what it lacks is sent back as it was streamed.
 */
export class OpenAiReader implements StreamReader {
	readonly ignored = new Set<string>();
	readonly #answeredBy: AnsweredBy;
	readonly #items: Item[] = [];
	readonly #open = new Map<number, Item>();
	#response: JsonRecord | undefined;

	constructor(model: string) {
		this.#answeredBy = new AnsweredBy(model);
	}

	read(data: unknown, emit: Emit): boolean {
		const type = textAt(data, 'type');
		const delta = textAt(data, 'delta');
		switch (type) {
			case 'response.created':
				this.#answeredBy.note(textAt(recordAt(data, 'response'), 'model'), emit);
				break;
			case 'response.output_item.added':
				this.#announce(this.#indexOf(data), recordAt(data, 'item'), emit);
				break;
			case 'response.content_part.added':
			case 'response.reasoning_part.added':
				this.#itemAt(data).newPart = true;
				break;
			case 'response.output_text.delta':
				this.#say(this.#itemAt(data), delta, emit);
				break;
			case 'response.refusal.delta': {
				const item = this.#itemAt(data);
				item.refusal = true;
				this.#say(item, delta, emit);
				break;
			}
			case 'response.reasoning_summary_text.delta':
				this.#think(this.#itemAt(data), 'summary', numberAt(data, 'summary_index') ?? 0, delta, emit);
				break;
			case 'response.reasoning_text.delta':
				this.#think(this.#itemAt(data), 'content', undefined, delta, emit);
				break;
			case 'response.function_call_arguments.delta':
			case 'response.custom_tool_call_input.delta':
				this.#itemAt(data).arguments += delta;
				break;
			case 'response.output_item.done': {
				const record = recordAt(data, 'item');
				this.#endItem(this.#openItem(this.#indexOf(data), textAt(record, 'type')), record, emit);
				break;
			}
			case 'response.failed':
				throw new ProviderErrorEvent(recordAt(data, 'response'));
			case 'response.completed':
			case 'response.incomplete':
				this.#response = recordAt(data, 'response');
				this.#answeredBy.note(textAt(this.#response, 'model'), emit);
				return true;
			default:
				this.ignored.add(type);
		}
		return false;
	}

	readDocument(document: unknown, emit: Emit): boolean {
		if (!isRecord(document) || !Array.isArray(document['output'])) {
			return false;
		}
		const status = textAt(document, 'status');
		const type = `response.${status === 'failed' || status === 'incomplete' ? status : 'completed'}`;
		return this.read({ type, response: document }, emit);
	}

	end(_marked: boolean, emit: Emit): Ending | undefined {
		const response = this.#response;
		if (response === undefined) {
			return undefined;
		}
		this.#takeOutput(listAt(response, 'output').filter(isRecord), emit);
		for (const item of this.#items.filter(({ ended }) => !ended)) {
			const said = { type: 'message', role: 'assistant', status: 'completed', content: [] };
			this.#endItem(item, item.record ?? (item.text === '' ? {} : said), emit);
		}
		const reason = textAt(recordAt(response, 'incomplete_details'), 'reason');
		const ending: Ending = { stopReason: 'stop', native: this.#native() };
		if (reason === 'content_filter' || this.#items.some(({ refusal }) => refusal)) {
			ending.stopReason = 'refusal';
			ending.notice = refusalNotice(reason !== '');
		} else if (reason === 'max_output_tokens' || reason === 'max_messages') {
			ending.stopReason = 'length';
		} else if (response['status'] === 'incomplete') {
			ending.stopReason = 'unknown';
			if (reason !== '') {
				ending.notice = unknownReason(reason);
			}
		} else if (this.#items.some(({ called }) => called)) {
			ending.stopReason = 'tools';
		}
		const usage = readOpenAiUsage(recordAt(response, 'usage'));
		if (usage !== undefined) {
			ending.usage = usage;
		}
		return ending;
	}

	/** The items that may be sent back: no reasoning at the end, where the limit cut off what followed it. */
	#native(): JsonRecord[] {
		const records = this.#items
			.toSorted((a, b) => a.index - b.index)
			.flatMap(({ record }) =>
				record !== undefined && 'type' in record && isSelfContained(record) ? [record] : [],
			);
		const last = records.findLastIndex((record) => record['type'] !== 'reasoning');
		return records.slice(0, last + 1);
	}

	#indexOf(data: unknown): number {
		return numberAt(data, 'output_index') ?? 0;
	}

	#add(index: number): Item {
		const item: Item = {
			index,
			number: this.#items.length,
			record: undefined,
			ended: false,
			text: '',
			textIds: [],
			newPart: true,
			refusal: false,
			commentary: false,
			form: undefined,
			thought: { summary: '', content: '' },
			part: 0,
			arguments: '',
			called: false,
		};
		this.#items.push(item);
		this.#open.set(index, item);
		return item;
	}

	/** The open item of an index; a new one if the current one has a different type. */
	#openItem(index: number, type = ''): Item {
		const current = this.#open.get(index);
		const known = textAt(current?.record, 'type');
		return current === undefined || current.ended || (type !== '' && known !== '' && known !== type)
			? this.#add(index)
			: current;
	}

	#itemAt(data: unknown): Item {
		return this.#openItem(this.#indexOf(data));
	}

	#announce(index: number, record: JsonRecord, emit: Emit): void {
		const current = this.#open.get(index);
		const begun = current !== undefined && (current.record !== undefined || current.text !== '');
		const item = begun ? this.#add(index) : this.#openItem(index);
		item.record = record;
		this.#setPhase(item, record, emit);
	}

	#setPhase(item: Item, record: JsonRecord, emit: Emit): void {
		const phase = textAt(record, 'phase');
		const commentary = phase === '' ? item.commentary : phase === 'commentary';
		if (commentary !== item.commentary) {
			item.commentary = commentary;
			for (const id of item.textIds) {
				emit({ type: 'reclassify', id, as: commentary ? 'thinking' : 'text' });
			}
		}
	}

	/** Shows text of a message. */
	#say(item: Item, text: string, emit: Emit): void {
		if (text === '') {
			return;
		}
		if (item.newPart || item.textIds.length === 0) {
			const name = `${item.commentary ? 'commentary' : 'text'}-${item.number}`;
			item.textIds.push(item.textIds.length === 0 ? name : `${name}-${item.textIds.length}`);
			item.newPart = false;
		}
		item.text += text;
		emit({ type: item.commentary ? 'thinking' : 'text', id: item.textIds.at(-1) ?? '', text });
	}

	/**
	 * Shows the form that arrives first while it streams; the other one waits for the finished item. A new content part is
	 * recognised by its announcement, a new summary part by its index.
	 */
	#think(item: Item, form: ThinkingForm, part: number | undefined, text: string, emit: Emit): void {
		item.form ??= form;
		if (form === item.form && text !== '') {
			item.part += item.newPart && item.thought[form] !== '' ? 1 : 0;
			item.newPart = false;
			item.thought[form] += text;
			emit({ type: 'thinking', id: `${form}-${item.number}-${part ?? item.part}`, text });
		}
	}

	/** Shows the part of a finished item's thinking that was not streamed, without repeating any text. */
	#endThinking(item: Item, record: JsonRecord, emit: Emit): void {
		for (const [form, other] of [
			['summary', 'content'],
			['content', 'summary'],
		] as const) {
			const texts = listAt(record, form).map((piece) => textAt(piece, 'text'));
			if (item.thought[form] === '' && item.thought[other] === texts.join('')) {
				continue;
			}
			for (const { text, at } of unstreamed(item.thought[form], texts)) {
				item.thought[form] += text;
				emit({ type: 'thinking', id: `${form}-${item.number}-${at}`, text });
			}
		}
	}

	/** Takes the items from the end of the answer; some servers send them only there. */
	#takeOutput(output: JsonRecord[], emit: Emit): void {
		const find = finder(this.#items);
		for (const [index, record] of output.entries()) {
			this.#endItem(find(index, record) ?? this.#add(index), record, emit);
		}
	}

	#endItem(item: Item, record: JsonRecord, emit: Emit): void {
		const type = textAt(record, 'type');
		const before = item.record;
		item.ended = true;
		if (isCall(type)) {
			const field = type === 'function_call' ? 'arguments' : 'input';
			const given = fuller(textAt(record, field), item.arguments);
			item.record = { ...record, [field]: type === 'function_call' ? objectArguments(given) : given };
			if (!item.called) {
				item.called = true;
				const input = type === 'function_call' ? parseArguments(given) : given;
				emit({ type: 'tool-call', id: textAt(record, 'call_id'), name: textAt(record, 'name'), input });
			}
		} else if (type === 'message') {
			const phase = textAt(before, 'phase');
			const kept = phase !== '' && !('phase' in record) ? { ...record, phase } : record;
			this.#setPhase(item, kept, emit);
			item.refusal ||= listAt(record, 'content').some((content) => textAt(content, 'refusal') !== '');
			const texts = messageTexts(record);
			for (const { text, begins } of unstreamed(item.text, texts)) {
				item.newPart ||= begins;
				this.#say(item, text, emit);
			}
			item.record = isIncomplete(texts.join(''), item.text)
				? { ...kept, content: [streamedContent(item)] }
				: kept;
		} else if (type === 'reasoning') {
			this.#endThinking(item, record, emit);
			item.record = withThought(record, item);
		} else {
			item.record = record;
		}
	}
}

/** With more items than this, they are only matched by id and position. */
const maxCompared = 100;

/** Matches a record of the final output with its item by id, by text or by position. Each item is matched once. */
function finder(items: readonly Item[]): (index: number, record: JsonRecord) => Item | undefined {
	const left = new Set(items);
	const keys = new Map<string, Item>();
	for (const item of items.toReversed()) {
		const { record = {} } = item;
		for (const name of ['id', 'call_id']) {
			keys.set(`${textAt(record, 'type')} ${name} ${textAt(record, name)}`, item);
		}
		keys.set(`at ${item.index}`, item);
	}
	return (index, record) => {
		const type = textAt(record, 'type');
		const fits = (item: Item | undefined) =>
			item !== undefined && left.has(item) && (item.record === undefined || item.record['type'] === type);
		const name = isCall(type) ? 'call_id' : 'id';
		const id = textAt(record, name);
		const text = messageTexts(record).join('');
		const compared = text === '' || items.length > maxCompared ? [] : items;
		const found = [
			id === '' ? undefined : keys.get(`${type} ${name} ${id}`),
			compared.find((item) => item.text === text && fits(item)),
			keys.get(`at ${index}`),
		].find(fits);
		if (found !== undefined) {
			left.delete(found);
		}
		return found;
	};
}

/** The texts of a message, including refusals. */
function messageTexts(record: JsonRecord): string[] {
	return listAt(record, 'content').map((content) => textAt(content, 'text') || textAt(content, 'refusal'));
}

function streamedContent({ text, refusal }: Item): JsonRecord {
	return refusal ? { type: 'refusal', refusal: text } : { type: 'output_text', text, annotations: [] };
}

/** A finished reasoning item, with the streamed thinking added if the item itself has none in that form. */
function withThought(record: JsonRecord, { form, thought }: Item): JsonRecord {
	if (form === undefined || thought[form] === '' || listAt(record, form).length > 0) {
		return record;
	}
	const type = form === 'summary' ? 'summary_text' : 'reasoning_text';
	return { ...record, [form]: [{ type, text: thought[form] }] };
}
