import { isRecord, numberAt, objectArguments, parseArguments, recordAt, textAt, type JsonRecord } from './json.ts';
import { ObjectEnd } from './objectEnd.ts';

interface Call {
	id: string;
	name: string;
	arguments: string;
	end: ObjectEnd;
	/** What the server adds to a call and wants back, for example Gemini's `extra_content` with its signature. */
	extra: JsonRecord;
}

/**
 * Collects the tool calls of Chat Completions, which arrive in pieces keyed by `index`. Some servers give every call the same
 * index, and some of these no ids: a piece starts a new call if it has a different id and a name, or if it has arguments
 * although those of the current call are already one complete object.
 */
export class ChatCalls {
	readonly #calls: Call[] = [];
	/** The call that the server currently means by an index. */
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
		const current = index === undefined ? this.#unnumbered(id) : this.#open.get(index);
		if (
			current !== undefined &&
			id === current.id &&
			text !== '' &&
			text === current.arguments &&
			current.end.reached
		) {
			// The complete call again.
			return;
		}
		if (current?.arguments === '{}' && id === '' && name === '' && text !== '') {
			// An empty object before the real one.
			current.arguments = '';
			current.end = new ObjectEnd();
		}
		const another =
			current === undefined ||
			(id !== '' && id !== current.id && name !== '') ||
			(current.end.reached && text.trim() !== '');
		const call = another ? this.#begin(id, name || (current?.name ?? '')) : current;
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
	 * The calls as they are sent back: unchanged, except that arguments that are not an object are put into one, because
	 * servers that parse the history (vLLM, llama.cpp, Ollama) would otherwise refuse every later request.
	 */
	native(): unknown[] {
		return this.#calls.map(({ id, name, arguments: text, extra }) => ({
			id,
			type: 'function',
			function: { name, arguments: objectArguments(text) || '{}' },
			...extra,
		}));
	}

	/** The call that a piece without an index continues: the last one, unless the piece has a different id. */
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
