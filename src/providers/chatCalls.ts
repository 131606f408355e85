import { isRecord, numberAt, objectArguments, parseArguments, recordAt, textAt, type JsonRecord } from './json.ts';
import { ObjectEnd } from './objectEnd.ts';

interface Call {
	id: string;
	name: string;
	arguments: string;
	end: ObjectEnd;
	/** What the server adds to a call and wants back, Gemini's `extra_content` with its signature for example. */
	extra: JsonRecord;
}

/**
 * Gathers the tool calls of Chat Completions, which come in pieces keyed by `index`. Some servers give every call the same
 * index, and some of these no ids: a piece is another call where it has another id and a name, or where it brings arguments
 * although those of the present call are one whole object already.
 */
export class ChatCalls {
	readonly #calls: Call[] = [];
	/** The call that a server means by an index. */
	readonly #open = new Map<number, Call>();
	readonly #ids = new Set<string>();

	get size(): number {
		return this.#calls.length;
	}

	add(piece: unknown): void {
		const { index: _index, id: _id, type: _type, function: _function, ...extra } = isRecord(piece) ? piece : {};
		const given = recordAt(piece, 'function');
		const id = textAt(piece, 'id');
		const name = textAt(given, 'name');
		const argumentsGiven = given['arguments'];
		const text = isRecord(argumentsGiven) ? JSON.stringify(argumentsGiven) : textAt(given, 'arguments');
		const index = numberAt(piece, 'index');
		const present = index === undefined ? this.#unnumbered(id) : this.#open.get(index);
		if (
			present !== undefined &&
			id === present.id &&
			text !== '' &&
			text === present.arguments &&
			present.end.reached
		) {
			// The whole call once more.
			return;
		}
		if (present?.arguments === '{}' && id === '' && name === '' && text !== '') {
			// An empty object before the real one.
			present.arguments = '';
			present.end = new ObjectEnd();
		}
		const another =
			present === undefined ||
			(id !== '' && id !== present.id && name !== '') ||
			(present.end.reached && text.trim() !== '');
		const call = another ? this.#begin(id, name || (present?.name ?? '')) : present;
		if (index !== undefined) {
			this.#open.set(index, call);
		}
		call.name ||= name;
		call.arguments += text;
		call.end.push(text);
		Object.assign(call.extra, extra);
	}

	/** The calls with their parsed arguments. */
	parsed(): { id: string; name: string; input: unknown }[] {
		return this.#calls.map(({ id, name, arguments: text }) => ({ id, name, input: parseArguments(text) }));
	}

	/**
	 * The calls as they are sent back: as they came, but arguments that are no object in one, since servers that parse the
	 * history (vLLM, llama.cpp, Ollama) refuse every later request otherwise.
	 */
	native(): unknown[] {
		return this.#calls.map(({ id, name, arguments: text, extra }) => ({
			id,
			type: 'function',
			function: { name, arguments: objectArguments(text) || '{}' },
			...extra,
		}));
	}

	/** The call that a piece without an index goes on with: the last one, unless it has an id of its own. */
	#unnumbered(id: string): Call | undefined {
		const last = this.#calls.at(-1);
		return id === '' || last?.id === id ? last : undefined;
	}

	#begin(id: string, name: string): Call {
		const number = this.#calls.length;
		let own = id === '' ? `call_${number}` : id;
		if (this.#ids.has(own)) {
			own = `${own}_${number}`;
		}
		this.#ids.add(own);
		const call: Call = { id: own, name, arguments: '', end: new ObjectEnd(), extra: {} };
		this.#calls.push(call);
		return call;
	}
}
