import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, type ClaimPlace, makeClaim, newestClaim } from './claims.ts';
import type { Listener, OwnerPort } from './ownerPort.ts';

const retryMs = 50;
/** A window at work may not answer at once. */
const answerMs = 2000;
/** One that never answers, though its process lives, was stopped. */
const silentLimitMs = 60_000;
/** Of one on another machine, which cannot be asked, only the age of its claim tells anything. */
const elsewhereMs = 15_000;

/**
 * Waits until no living window holds the lock, then takes it; resolves with what releases it. A lock is a claim: of two
 * that find its holder dead exactly one gets it. Rejects when the holder lives but never answers.
 */
export async function takeLock(place: ClaimPlace, port: OwnerPort): Promise<() => Promise<void>> {
	// Answers for as long as this process lives, which is all that the others ask.
	const listener = await port.listen(() => Promise.resolve(false));
	const own = claimOf(randomUUID(), listener, port);
	try {
		const number = await takeNumber(place, port, own);
		return async () => {
			try {
				await makeClaim(place, number + 1, { token: own.token, released: true });
			} finally {
				await listener.close();
			}
		};
	} catch (error) {
		await listener.close();
		throw error;
	}
}

/** The claim of a window that answers at `listener` as long as it lives. */
export function claimOf(token: string, { address }: Listener, { host, boot }: OwnerPort): Claim {
	return { token, endpoint: address, host, boot };
}

/** Makes a claim where no living window has one; answers with its number, or with how the holder is. */
export async function tryClaim(place: ClaimPlace, port: OwnerPort, own: Claim): Promise<number | 'alive' | 'silent'> {
	for (;;) {
		const newest = await newestClaim(place);
		const state = await stateOf(newest?.claim, port);
		if (state === 'alive' || state === 'silent') {
			return state;
		}
		const number = newest?.number ?? 0;
		if (state === 'elsewhere' && !(await isOld(place, number))) {
			return 'alive';
		}
		if (await makeClaim(place, number + 1, own)) {
			return number + 1;
		}
	}
}

async function takeNumber(place: ClaimPlace, port: OwnerPort, own: Claim): Promise<number> {
	let answeredAt = performance.now();
	for (;;) {
		const taken = await tryClaim(place, port, own);
		if (typeof taken === 'number') {
			return taken;
		}
		if (taken === 'alive') {
			answeredAt = performance.now();
		} else if (performance.now() - answeredAt > silentLimitMs) {
			throw new Error('Another window holds it and does not answer; close that window');
		}
		await sleep(retryMs);
	}
}

async function stateOf(claim: Claim | undefined, port: OwnerPort): Promise<'free' | 'alive' | 'silent' | 'elsewhere'> {
	if (!claim || claim.released !== undefined || claim.endpoint === undefined) {
		return 'free';
	}
	if (claim.host !== port.host) {
		return 'elsewhere';
	}
	if (claim.boot !== port.boot) {
		return 'free';
	}
	const answer = await port.ask(claim.endpoint, 'ping', answerMs);
	return answer === 'dead' || answer === 'foreign' ? 'free' : answer === 'silent' ? 'silent' : 'alive';
}

async function isOld({ files, folder, name }: ClaimPlace, number: number): Promise<boolean> {
	const found = await files.stat(`${folder}/${name}.${number}`);
	// Compared as a distance: after the clock was set back, a claim may stand in the future.
	return found !== undefined && Math.abs(Date.now() - found.modified) > elsewhereMs;
}
