import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../common/errors.ts';
import { type Claim, type ClaimPlace, type NumberedClaim, holdsClaim, makeClaim, newestClaim } from '../disk/claims.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { LogPosition } from './logReader.ts';
import type { Listener, OwnerPort } from '../disk/ownerPort.ts';
import { ownerClaims, releasedAt } from './ownerClaims.ts';

/** How long a window may take to answer before it counts as silent. */
const answerTimeoutMs = 2000;
/** Several windows that all want to write take turns; nobody waits longer than this. */
const acquireTimeoutMs = 15_000;
const retryDelayMs = 25;
/** Who has handed over lets the one that asked go first. */
const courtesyMs = 50;

export interface OwnershipOptions {
	files: DiskFiles;
	folder: string;
	token: string;
	port: OwnerPort;
	/** Another window wants to write: finish, release, then resolve. False when there was nothing to release. */
	onAsked: () => Promise<boolean>;
}

export interface Acquired {
	/** Where the former owner finished; `undefined` when it did not finish: it is dead, or was overruled. */
	finishedAt: LogPosition | undefined;
	/**
	 * `nobody` has written since this window held the ownership last, `others` may have, or the folder was `emptied`
	 * (or is new).
	 */
	since: 'nobody' | 'others' | 'emptied';
}

/** Why the ownership was not given; the user may take it all the same (`acquire('taken')`). */
export class OwnerSilent extends AppError {
	readonly elsewhere: boolean;

	constructor(elsewhere: boolean, where: string) {
		const message = elsewhere
			? `The store is in use on another machine (${where}), or was when that machine stopped. Close it there, or take the store over.`
			: 'Another window holds the store and does not answer. Wait, close that window, or take the store over.';
		super('storage', message, { info: { retryable: true } });
		this.elsewhere = elsewhere;
	}
}

/** This window's part in deciding who writes. */
export class Ownership {
	readonly #options: OwnershipOptions;
	readonly #claims: ClaimPlace;
	#listener: Listener | undefined;
	#number: number | undefined;
	/** The number held last; numbers grow even when the folder was emptied. */
	#last = 0;
	#courteousUntil = 0;

	constructor(options: OwnershipOptions) {
		this.#options = options;
		this.#claims = ownerClaims(options.files, options.folder);
	}

	/** What this window believes; `stillHolds` asks the disk. */
	get holds(): boolean {
		return this.#number !== undefined;
	}

	stillHolds(): boolean {
		return this.#number !== undefined && holdsClaim(this.#claims, this.#number);
	}

	/** False when all claims are gone, and with them surely the rest of the folder. */
	async isClaimed(): Promise<boolean> {
		return (await newestClaim(this.#claims)) !== undefined;
	}

	/** Does a living window, not this one, hold the store? Rejects with `OwnerSilent` where that cannot be told. */
	async heldElsewhere(): Promise<boolean> {
		const { port } = this.#options;
		const newest = await newestClaim(this.#claims);
		const claim = newest?.claim;
		if (!claim || claim.released || newest.number === this.#number) {
			return false;
		}
		if (this.#isElsewhere(claim)) {
			throw new OwnerSilent(true, claim.host ?? '');
		}
		const answer = await this.#ask(claim, port, 'ping');
		if (answer === 'silent' || answer === 'foreign') {
			throw new OwnerSilent(false, '');
		}
		return answer !== 'dead';
	}

	/** Makes this window the owner. `taken`: without asking, after the user agreed. Rejects with `OwnerSilent`. */
	async acquire(way: 'asked' | 'taken'): Promise<Acquired> {
		this.#number = undefined;
		const deadline = performance.now() + acquireTimeoutMs;
		while (performance.now() < deadline) {
			const newest = await newestClaim(this.#claims);
			if (newest?.number === this.#last && performance.now() < this.#courteousUntil) {
				await sleep(5);
				continue;
			}
			const answer = way === 'taken' || !newest ? 'free' : await this.#askFor(newest);
			if (answer !== 'free') {
				// Released, or the window is closing: what the newest claim says now decides.
				await (answer === 'closed' ? sleep(retryDelayMs) : undefined);
				continue;
			}
			const number = Math.max(newest?.number ?? 0, this.#last) + 1;
			if (await makeClaim(this.#claims, number, await this.#newClaim())) {
				const since = newest === undefined ? 'emptied' : newest.number === this.#last ? 'nobody' : 'others';
				this.#number = number;
				this.#last = number;
				return { finishedAt: releasedAt(newest?.claim), since };
			}
		}
		throw new OwnerSilent(false, '');
	}

	async #newClaim(): Promise<Claim> {
		const { token, port, onAsked } = this.#options;
		this.#listener ??= await port.listen(onAsked);
		return { token, endpoint: this.#listener.address, host: port.host, boot: port.boot };
	}

	/** `free`: the claim can be followed by ours; otherwise it has to be read again. */
	async #askFor({ claim }: NumberedClaim): Promise<'free' | 'released' | 'closed'> {
		const { token, port } = this.#options;
		if (!claim || claim.released || claim.token === token || claim.endpoint === undefined) {
			return 'free';
		}
		if (this.#isElsewhere(claim)) {
			throw new OwnerSilent(true, claim.host ?? '');
		}
		const answer = await this.#ask(claim, port, 'handOver');
		if (answer === 'silent' || answer === 'foreign') {
			throw new OwnerSilent(false, '');
		}
		return answer === 'dead' || answer === 'dropped' ? 'free' : answer;
	}

	#isElsewhere(claim: Claim): boolean {
		return claim.host !== undefined && claim.host !== this.#options.port.host;
	}

	async #ask(claim: Claim, port: OwnerPort, question: 'handOver' | 'ping') {
		const restarted = claim.boot !== undefined && claim.boot !== port.boot;
		return restarted || claim.endpoint === undefined ? 'dead' : port.ask(claim.endpoint, question, answerTimeoutMs);
	}

	/**
	 * Notes on disk where this window finished, so that the next owner goes on from there. `asked`: another window is
	 * waiting for it.
	 */
	async release(position: LogPosition, asked: boolean): Promise<void> {
		const { token } = this.#options;
		const number = this.#number;
		this.#number = undefined;
		if (number === undefined || !holdsClaim(this.#claims, number)) {
			return;
		}
		if (await makeClaim(this.#claims, number + 1, { token, released: position })) {
			this.#last = number + 1;
			this.#courteousUntil = performance.now() + (asked ? courtesyMs : 0);
		}
	}

	/** Forgets the ownership without a word on disk: the next owner checks everything. */
	drop(): void {
		this.#number = undefined;
	}

	async close(): Promise<void> {
		await this.#listener?.close();
		this.#listener = undefined;
	}
}
