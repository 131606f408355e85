import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../common/errors.ts';
import { type Claim, type ClaimPlace, type NumberedClaim, holdsClaim, makeClaim, newestClaim } from '../disk/claims.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { LogPosition } from './logReader.ts';
import type { Listener, OwnerPort } from '../disk/ownerPort.ts';
import { ownerClaims, releasedAt } from './ownerClaims.ts';

/** How long a window may take to answer before it counts as silent. */
const answerTimeoutMs = 2000;
/** Windows that want to write at the same time take turns; none waits longer than this. */
const acquireTimeoutMs = 15_000;
const retryDelayMs = 25;
/** After handing over, a window lets the one that asked go first. */
const yieldMs = 50;

export interface OwnershipOptions {
	files: DiskFiles;
	folder: string;
	token: string;
	port: OwnerPort;
	/** Called when another window wants to write: finish, release, then resolve; false when there was nothing to release. */
	onAsked: () => Promise<boolean>;
}

export interface Acquired {
	/** Where the former owner finished; `undefined` when it did not, because it died or was overruled. */
	finishedAt: LogPosition | undefined;
	/**
	 * Since this window last held the ownership, `nobody` has written, `others` may have written, or the folder was
	 * `emptied` (or is new).
	 */
	since: 'nobody' | 'others' | 'emptied';
}

/** Why the ownership was not granted; the user may take it anyway (`acquire('taken')`). */
export class OwnerSilent extends AppError {
	readonly elsewhere: boolean;

	constructor(elsewhere: boolean, where: string) {
		const message = elsewhere
			? l10n.t(
					'The store is in use on another machine ({0}), or was when that machine stopped. Close it there, or take the store over.',
					where,
				)
			: l10n.t(
					'Another window holds the store and does not answer. Wait, close that window, or take the store over.',
				);
		super('storage', message, { info: { retryable: true } });
		this.elsewhere = elsewhere;
	}
}

/** Decides, together with the other windows, which one may write. */
export class Ownership {
	readonly #options: OwnershipOptions;
	readonly #claims: ClaimPlace;
	#listener: Listener | undefined;
	#number: number | undefined;
	/** The last number that this window held; numbers grow even if the folder was emptied. */
	#last = 0;
	#yieldUntil = 0;

	constructor(options: OwnershipOptions) {
		this.#options = options;
		this.#claims = ownerClaims(options.files, options.folder);
	}

	/** What this window assumes; `stillHolds` checks the disk. */
	get holds(): boolean {
		return this.#number !== undefined;
	}

	stillHolds(): boolean {
		return this.#number !== undefined && holdsClaim(this.#claims, this.#number);
	}

	/** False when all claims are gone, and therefore the rest of the folder as well. */
	async isClaimed(): Promise<boolean> {
		return (await newestClaim(this.#claims)) !== undefined;
	}

	/** Whether another living window holds the store. Rejects with `OwnerSilent` if that cannot be determined. */
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

	/** Makes this window the owner. `taken`: without asking, with the user's consent. Rejects with `OwnerSilent`. */
	async acquire(way: 'asked' | 'taken'): Promise<Acquired> {
		this.#number = undefined;
		const deadline = performance.now() + acquireTimeoutMs;
		while (performance.now() < deadline) {
			const newest = await newestClaim(this.#claims);
			if (newest?.number === this.#last && performance.now() < this.#yieldUntil) {
				await sleep(5);
				continue;
			}
			const answer = way === 'taken' || !newest ? 'free' : await this.#askFor(newest);
			if (answer !== 'free') {
				// Released, or the window is closing: check the newest claim again.
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

	/** `free`: ours can follow this claim; otherwise it has to be read again. */
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
	 * Records on disk where this window finished, so that the next owner continues there. `asked`: another window is waiting
	 * for it.
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
			this.#yieldUntil = performance.now() + (asked ? yieldMs : 0);
		}
	}

	/** Drops the ownership without noting anything on disk: the next owner checks everything. */
	drop(): void {
		this.#number = undefined;
	}

	async close(): Promise<void> {
		await this.#listener?.close();
		this.#listener = undefined;
	}
}
