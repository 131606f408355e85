import type { FixtureContent, FixtureMessage } from '../common/api.ts';
import type { MessageContent, ModelMessage } from '../providers/provider.ts';
import { openingMessage, partText } from './modelMessages.ts';

type Part = Exclude<FixtureContent, string>[number];
type ResultPart = Extract<Part, { type: 'tool-result' }>;
type SentResult = Extract<MessageContent, { type: 'tool-result' }>;

/** A call of a recorded conversation; without a result if none was recorded. */
export interface RecordedCall {
	name: string;
	input: unknown;
	result?: { content: string; isError?: boolean };
}

/** The name of a recorded tool in the form that the APIs of all providers accept. */
export function offeredName(name: string): string {
	return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'tool';
}

/** The calls of a conversation in their order, each with its result. */
export function recordedCalls(messages: readonly FixtureMessage[]): RecordedCall[] {
	const calls: (RecordedCall & { id: string | undefined })[] = [];
	for (const part of messages.flatMap(partsOf)) {
		if (part.type === 'tool-call') {
			calls.push({ id: part.id, name: part.name, input: part.input ?? {} });
		} else if (part.type === 'tool-result') {
			const call = calls.find((one) => one.result === undefined && answers(part, one));
			if (call) {
				call.result = { content: part.content, ...(part.isError === true && { isError: true }) };
			}
		}
	}
	return calls.map(({ id: _id, ...call }) => call);
}

/**
 * Converts recorded messages to those of a run that offers tools: calls and results are sent as such, each call followed by
 * its result in a message of the user, as all APIs demand. A call without a recorded result gets one that says so; a result
 * without its call is sent as text. Ids are new, because recorded ones may be missing or there twice. Otherwise as
 * `toModelMessages`.
 */
export function toToolMessages(messages: readonly FixtureMessage[]): ModelMessage[] {
	const sent = new SentMessages();
	for (const message of messages) {
		const parts = partsOf(message);
		// What a user says beside results comes after them.
		const isFirst = (part: Part) => message.role === 'user' && part.type === 'tool-result';
		sent.next();
		for (const part of [...parts.filter(isFirst), ...parts.filter((one) => !isFirst(one))]) {
			sent.add(message.role, part);
		}
	}
	return sent.finish();
}

function partsOf({ content }: FixtureMessage): Part[] {
	return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/** A result belongs to the call of its id, or without one to the first open call of its name. */
function answers({ id, name }: ResultPart, call: { id: string | undefined; name: string }): boolean {
	return id === undefined ? name === undefined || name === call.name : id === call.id;
}

class SentMessages {
	readonly #sent: ModelMessage[] = [];
	/** Calls that have no result yet, all of the newest message. */
	#open: { id: string | undefined; name: string; sentId: string }[] = [];
	#calls = 0;
	/** Whether the calls that are open are those of an earlier recorded message. */
	#isNext = false;

	/** Called before each recorded message. */
	next(): void {
		this.#isNext = true;
	}

	add(role: ModelMessage['role'], part: Part): void {
		switch (part.type) {
			case 'thinking':
				return;
			case 'tool-call': {
				const name = offeredName(part.name);
				const sentId = `call_${++this.#calls}`;
				this.#say('assistant', { type: 'tool-call', id: sentId, name, input: part.input ?? {} });
				this.#open.push({ id: part.id, name: part.name, sentId });
				return;
			}
			case 'tool-result': {
				const call = this.#open.find((one) => answers(part, one));
				if (call) {
					this.#answer(call, part.content, part.isError === true);
				} else {
					this.#text('user', partText(part));
				}
				return;
			}
			default:
				this.#text(role, part.text);
		}
	}

	finish(): ModelMessage[] {
		this.#close();
		if (this.#sent[0]?.role === 'assistant') {
			this.#sent.unshift({ role: 'user', content: [{ type: 'text', text: openingMessage }] });
		}
		return this.#sent;
	}

	#text(role: ModelMessage['role'], text: string | undefined): void {
		if (text !== undefined && text.trim() !== '') {
			this.#say(role, { type: 'text', text });
		}
	}

	/** Adds something that is no result. Only what the assistant says beside its calls can precede their results. */
	#say(role: ModelMessage['role'], content: MessageContent): void {
		if (role === 'user' || this.#isNext || this.#sent.at(-1)?.role === 'user') {
			this.#close();
		}
		this.#isNext = false;
		this.#put(role, content);
	}

	#answer(call: { name: string; sentId: string }, content: string, isError: boolean): void {
		const result: SentResult = {
			type: 'tool-result',
			id: call.sentId,
			name: offeredName(call.name),
			content,
			...(isError && { isError }),
		};
		this.#put('user', result);
		this.#open = this.#open.filter(({ sentId }) => sentId !== call.sentId);
	}

	#close(): void {
		for (const call of this.#open) {
			this.#answer(call, 'No result of this call was recorded.', true);
		}
	}

	#put(role: ModelMessage['role'], content: MessageContent): void {
		const last = this.#sent.at(-1);
		if (last?.role === role) {
			last.content.push(content);
		} else {
			this.#sent.push({ role, content: [content] });
		}
	}
}
