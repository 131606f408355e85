import { throwIfAborted } from '../../common/errors.ts';
import type { BatchApi, BatchOffer, BatchRequest } from '../../providers/provider.ts';
import type { BatchFiles, BatchPart, BatchWriter } from './batchFiles.ts';
import { idPrefixOf } from './requestPlaces.ts';

/** A request of a batch that is about to be written. */
export interface BatchedRequest {
	slot: number;
	/** `provider/model`. */
	model: string;
	request: BatchRequest;
	/** US dollars that it probably costs. */
	costUsd: number;
}

interface OpenPart {
	part: BatchPart;
	writer: BatchWriter;
	bytes: number;
}

interface ModelWriter {
	offer: BatchOffer;
	api: BatchApi;
	encode: (id: string, request: BatchRequest) => string;
	open: OpenPart | undefined;
}

/** Writes the requests of a run into as few files as the providers' limits allow, for each model its own. */
export class PartsWriter {
	/** All parts that are complete. */
	readonly parts: BatchPart[] = [];
	readonly #files: BatchFiles;
	readonly #runId: string;
	readonly #signal: AbortSignal;
	readonly #models = new Map<string, ModelWriter>();
	#next: number;

	/** `first`: number of the first part. */
	constructor(files: BatchFiles, runId: string, first: number, signal: AbortSignal) {
		this.#files = files;
		this.#runId = runId;
		this.#next = first;
		this.#signal = signal;
	}

	/** False if the request alone is too large for a batch. */
	async add({ slot, model, request, costUsd }: BatchedRequest, offer: BatchOffer): Promise<boolean> {
		throwIfAborted(this.#signal);
		const writer = await this.#writerOf(model, offer);
		const { start, between, end } = writer.api.framing;
		const { maxRequests, maxBytes } = offer.terms;
		const number = writer.open?.part.part ?? this.#next;
		let line = writer.encode(`${idPrefixOf(this.#runId, number)}${slot}`, request);
		const length = Buffer.byteLength(line);
		// The next part may have a longer number.
		if (length + Buffer.byteLength(start + end) + 8 > maxBytes) {
			return false;
		}
		const { open } = writer;
		if (
			open &&
			(open.part.requests >= maxRequests || open.bytes + length + Buffer.byteLength(between + end) > maxBytes)
		) {
			await this.#close(writer);
			line = writer.encode(`${idPrefixOf(this.#runId, this.#next)}${slot}`, request);
		}
		const isFirst = writer.open === undefined;
		const to = (writer.open ??= await this.#begin(model, offer, Buffer.byteLength(start)));
		const text = isFirst ? start + line : between + line;
		await to.writer.write(text);
		to.bytes += Buffer.byteLength(isFirst ? line : text);
		to.part.requests++;
		to.part.costUsd += costUsd;
		return true;
	}

	/** Completes all files. */
	async end(): Promise<void> {
		for (const writer of this.#models.values()) {
			await this.#close(writer);
		}
	}

	async #writerOf(model: string, offer: BatchOffer): Promise<ModelWriter> {
		const known = this.#models.get(model);
		if (known) {
			return known;
		}
		const api = await offer.open();
		const writer = { offer, api, encode: await api.encoder(offer.model, this.#signal), open: undefined };
		this.#models.set(model, writer);
		return writer;
	}

	async #begin(model: string, { origin }: BatchOffer, bytes: number): Promise<OpenPart> {
		const part = this.#next++;
		const writer = await this.#files.create(part);
		return {
			part: { part, model, origin, requests: 0, costUsd: 0, state: 'ready', others: [] },
			writer,
			bytes,
		};
	}

	async #close(writer: ModelWriter): Promise<void> {
		const { open, api } = writer;
		writer.open = undefined;
		if (open) {
			await open.writer.write(api.framing.end);
			await open.writer.close();
			this.parts.push(open.part);
		}
	}
}
