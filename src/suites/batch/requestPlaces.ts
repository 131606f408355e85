import type { OpenFile } from '../../disk/files.ts';

/** Where the request of a slot is in the file of its part. */
interface Place {
	part: number;
	/** In bytes, without what stands between the lines. */
	offset: number;
	length: number;
	isDone: boolean;
}

const pieceBytes = 1_048_576;
const newline = 10;
const comma = 44;

/** Begins the ids of the requests of a part. */
export function idPrefixOf(runId: string, part: number): string {
	return `${runId}-${part}-`;
}

/** Which slots are in which batch, and which of them have their answer. */
export class RequestPlaces {
	readonly #places = new Map<number, Place>();
	#done = 0;

	get size(): number {
		return this.#places.size;
	}

	get done(): number {
		return this.#done;
	}

	has(slot: number): boolean {
		return this.#places.has(slot);
	}

	/** Whether a result belongs to the part and none came before it. */
	isOpen(slot: number, part: number): boolean {
		const place = this.#places.get(slot);
		return place?.part === part && !place.isDone;
	}

	/** The slots of a part that have no answer. */
	open(part: number): number[] {
		return [...this.#places].flatMap(([slot, place]) => (place.part === part && !place.isDone ? [slot] : []));
	}

	finish(slot: number): void {
		const place = this.#places.get(slot);
		if (place && !place.isDone) {
			place.isDone = true;
			this.#done++;
		}
	}

	/** Takes a slot out, so that it can become part of another batch or be asked alone. */
	remove(slot: number): void {
		const place = this.#places.get(slot);
		this.#done -= place?.isDone ? 1 : 0;
		this.#places.delete(slot);
	}

	/** Reads the file of a part, which may be hundreds of megabytes. */
	async scan(file: OpenFile, part: number, runId: string): Promise<void> {
		const start = `{"custom_id":"${idPrefixOf(runId, part)}`;
		let rest: Uint8Array = new Uint8Array();
		for (let position = 0; ;) {
			const bytes = await file.read(position, pieceBytes);
			const piece = Buffer.concat([rest, bytes]);
			const base = position - rest.length;
			position += bytes.length;
			const isLast = bytes.length === 0;
			let from = 0;
			for (let to = piece.indexOf(newline); to >= 0 || (isLast && from < piece.length);) {
				const end = to < 0 ? piece.length : to;
				this.#note(piece.subarray(from, end), base + from, start, part);
				from = end + 1;
				to = piece.indexOf(newline, from);
			}
			if (isLast) {
				return;
			}
			rest = piece.subarray(Math.min(from, piece.length));
		}
	}

	#note(line: Buffer, offset: number, start: string, part: number): void {
		const head = line.toString('latin1', 0, start.length + 12);
		const slot = Number.parseInt(head.slice(start.length), 10);
		if (head.startsWith(start) && Number.isSafeInteger(slot)) {
			const length = line.length - (line.at(-1) === comma ? 1 : 0);
			this.#places.set(slot, { part, offset, length, isDone: false });
		}
	}

	/** The line of a slot. */
	async line(file: OpenFile, slot: number): Promise<string> {
		const { offset = 0, length = 0 } = this.#places.get(slot) ?? {};
		return Buffer.from(await file.read(offset, length)).toString();
	}
}
