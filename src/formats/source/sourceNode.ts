import { constructFromEvents, EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';

/** A checked text: its events, where each node ends, and what its aliases stand for, all by the index of an event. */
export interface SourceEvents {
	text: string;
	events: readonly Event[];
	/** The index after a node's last event. */
	ends: Int32Array;
	aliases: ReadonlyMap<number, number>;
}

export interface SourceEntry {
	key: string;
	/** Offset of the key. */
	keyStart: number;
	value: SourceNode;
}

/**
 * A node of YAML or JSON with its offset. It is a view on the parser's events: a suite has a million nodes, and most
 * are looked at once.
 */
export class SourceNode {
	readonly #source: SourceEvents;
	readonly #index: number;

	constructor(source: SourceEvents, index: number) {
		this.#source = source;
		this.#index = source.aliases.get(index) ?? index;
	}

	get #event(): Event | undefined {
		return this.#source.events[this.#index];
	}

	get kind(): 'map' | 'list' | 'scalar' {
		const type = this.#event?.type;
		return type === EVENT_ID.MAPPING ? 'map' : type === EVENT_ID.SEQUENCE ? 'list' : 'scalar';
	}

	get start(): number {
		return startOf(this.#event);
	}

	/** The offset after a scalar, with its closing quotation mark; that of its start for a map or list. */
	get end(): number {
		const event = this.#event;
		return event?.type === EVENT_ID.SCALAR ? Math.max(0, event.valueEnd + (isQuoted(event) ? 1 : 0)) : this.start;
	}

	/** Where a place in a text's value is in the source; where it begins, if escapes or folded lines are between. */
	offsetIn(index: number): number {
		const event = this.#event;
		return event?.type === EVENT_ID.SCALAR && event.fast ? event.valueStart + index : this.start;
	}

	/** The items of a list; none of anything else. */
	*items(): Generator<SourceNode> {
		if (this.kind === 'list') {
			yield* this.#children();
		}
	}

	/** An item of a list by its position. The places of all items are found once, so that asking for each takes linear time. */
	item(position: number): SourceNode | undefined {
		const known = placesOf(this.#source);
		let found = known.get(this.#index);
		if (!found) {
			found = [...this.items()].map((item) => item.#index);
			known.set(this.#index, found);
		}
		const index = found[position];
		return index === undefined ? undefined : new SourceNode(this.#source, index);
	}

	/** The entries of a map; none of anything else. What `<<` merges comes last, and never replaces an entry. */
	*entries(): Generator<SourceEntry> {
		if (this.kind !== 'map') {
			return;
		}
		const seen = new Set<string>();
		const merged: SourceNode[] = [];
		const children = this.#children();
		for (let key = children.next(); !key.done; key = children.next()) {
			const value = children.next().value as SourceNode;
			const name = key.value.#text();
			if (key.value.isMerge) {
				merged.push(...(value.kind === 'list' ? value.items() : [value]));
			} else {
				seen.add(name);
				yield { key: name, keyStart: key.value.start, value };
			}
		}
		for (const entry of merged.flatMap((node) => [...node.entries()])) {
			if (!seen.has(entry.key)) {
				seen.add(entry.key);
				yield entry;
			}
		}
	}

	entry(key: string): SourceEntry | undefined {
		for (const entry of this.entries()) {
			if (entry.key === key) {
				return entry;
			}
		}
		return undefined;
	}

	/** The plain JSON value. */
	value(): unknown {
		if (this.kind === 'list') {
			return [...this.items()].map((item) => item.value());
		}
		if (this.kind === 'map') {
			const object: Record<string, unknown> = {};
			for (const { key, value } of this.entries()) {
				object[key] = value.value();
			}
			return object;
		}
		return this.#scalar();
	}

	/** Whether this key merges the maps of its value. */
	get isMerge(): boolean {
		const event = this.#event;
		return event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && this.#text() === '<<';
	}

	*#children(): Generator<SourceNode> {
		const { ends } = this.#source;
		const end = (ends[this.#index] ?? 0) - 1;
		for (let index = this.#index + 1; index < end; index = ends[index] ?? end) {
			yield new SourceNode(this.#source, index);
		}
	}

	#text(): string {
		const event = this.#event;
		return event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#source.text, event) : '';
	}

	#scalar(): unknown {
		const event = this.#event;
		return event?.type === EVENT_ID.SCALAR ? scalarValue(this.#source.text, event) : null;
	}
}

/** Where the items of lists are, by the index of the list's event. */
const places = new WeakMap<SourceEvents, Map<number, number[]>>();

function placesOf(source: SourceEvents): Map<number, number[]> {
	const known = places.get(source) ?? new Map<number, number[]>();
	places.set(source, known);
	return known;
}

/** What a plain text that is not a string begins with in YAML's core schema. */
const mayBeTyped = /^(?:[-+.\d~]|$|null$|true$|false$)/i;

/** The value of a scalar. Throws a `YAMLException` if it does not fit its tag. */
export function scalarValue(text: string, event: ScalarEvent): unknown {
	const source = getScalarValue(text, event);
	if (event.tagStart < 0 && (event.style !== SCALAR_STYLE.PLAIN || !mayBeTyped.test(source))) {
		return source;
	}
	const document: Event = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] };
	return constructFromEvents([document, event, { type: EVENT_ID.POP }], { source: text })[0];
}

/** The offset of a node; 0 if it is unknown. */
export function startOf(event: Event | undefined): number {
	switch (event?.type) {
		case EVENT_ID.SCALAR:
			return Math.max(0, isQuoted(event) ? event.valueStart - 1 : event.valueStart);
		case EVENT_ID.ALIAS:
			return Math.max(0, event.anchorStart - 1);
		case EVENT_ID.SEQUENCE:
		case EVENT_ID.MAPPING:
			return event.start;
		default:
			return 0;
	}
}

function isQuoted({ style }: ScalarEvent): boolean {
	return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
