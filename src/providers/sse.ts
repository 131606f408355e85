/** One event of a `text/event-stream` body. */
export interface SseEvent {
	/** The `event` field; undefined if the server sends only `data`. */
	event: string | undefined;
	/** All `data` lines of the event, joined by a newline. */
	data: string;
}

/**
 * Incremental parser of server-sent events (WHATWG HTML, section 9.2.6): any chunking, LF, CR or CRLF, comments, a byte order
 * mark, several data lines. `id`, `retry` and unknown fields are ignored. It deviates twice, for real servers: an event that
 * no blank line closes still counts at the end of the body, and an `error:` field, which GPUStack sends when its engine
 * fails, is an event of that name. The second is why no library is used: eventsource-parser drops an unknown field when a
 * chunk ends inside it, so that error would be lost.
 */
export class SseParser {
	readonly #decoder = new TextDecoder();
	/** The unfinished last line. New text is searched only once, so that a line of 1 MB in chunks of 1 byte takes linear time. */
	#line = '';
	#afterCarriageReturn = false;
	#event: string | undefined;
	#data: string | undefined;

	/** Characters of the unfinished event. */
	get pending(): number {
		return this.#line.length + (this.#data?.length ?? 0);
	}

	push(chunk: Uint8Array): SseEvent[] {
		return this.#feed(this.#decoder.decode(chunk, { stream: true }));
	}

	/** Must be called once, after the last chunk. */
	end(): SseEvent[] {
		const events = this.#feed(this.#decoder.decode());
		this.#endLine(events);
		this.#endLine(events);
		return events;
	}

	#feed(text: string): SseEvent[] {
		const events: SseEvent[] = [];
		if (text === '') {
			return events;
		}
		let start = this.#afterCarriageReturn && text.startsWith('\n') ? 1 : 0;
		this.#afterCarriageReturn = text.endsWith('\r');
		let carriageReturn = text.indexOf('\r', start);
		for (;;) {
			const lineFeed = text.indexOf('\n', start);
			if (carriageReturn !== -1 && carriageReturn < start) {
				carriageReturn = text.indexOf('\r', start);
			}
			const atCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
			const end = atCarriageReturn ? carriageReturn : lineFeed;
			if (end === -1) {
				break;
			}
			this.#line += text.slice(start, end);
			this.#endLine(events);
			start = atCarriageReturn && lineFeed === end + 1 ? end + 2 : end + 1;
		}
		this.#line += text.slice(start);
		return events;
	}

	#endLine(events: SseEvent[]): void {
		const line = this.#line;
		this.#line = '';
		if (line === '') {
			if (this.#data !== undefined) {
				events.push({ event: this.#event, data: this.#data });
			}
			this.#event = undefined;
			this.#data = undefined;
			return;
		}
		const colon = line.indexOf(':');
		const field = colon === -1 ? line : line.slice(0, colon);
		const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
		if (field === 'data') {
			this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
		} else if (field === 'event') {
			this.#event = value;
		} else if (field === 'error') {
			this.#event = 'error';
			this.#data = value;
		}
	}
}
