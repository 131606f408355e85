import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, type ClaimPlace, makeClaim, newestClaim } from './claims.ts';
import type { Listener, OwnerPort } from './ownerPort.ts';

const retryMs = 50;
/** A busy window may not answer immediately. */
const answerTimeoutMs = 2000;
/** A window whose process lives but that has not answered for this long is suspended. */
const silentLimitMs = 60_000;
/** A window on another machine cannot be asked: its claim counts until it is this old. */
const remoteClaimMs = 15_000;

/**
 * Waits until no living window holds the lock, then takes it; resolves with a function that releases it. A lock is a
 * claim: if two windows find its holder dead, exactly one gets it. Rejects when the holder lives but never answers.
 */
export async function takeLock(place: ClaimPlace, port: OwnerPort): Promise<() => Promise<void>> {
	// Answers as long as this process lives, which is all the others need to know.
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

/** The claim of a window that can be reached at `listener` as long as it lives. */
export function claimOf(token: string, { address }: Listener, { host, boot }: OwnerPort): Claim {
	return { token, endpoint: address, host, boot };
}

/** Makes a claim unless a living window has one; resolves with its number, or with the state of the holder. */
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
			throw new Error(l10n.t('Another window holds it and does not answer; close that window'));
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
	const answer = await port.ask(claim.endpoint, 'ping', answerTimeoutMs);
	return answer === 'dead' || answer === 'foreign' ? 'free' : answer === 'silent' ? 'silent' : 'alive';
}

async function isOld({ files, folder, name }: ClaimPlace, number: number): Promise<boolean> {
	const found = await files.stat(`${folder}/${name}.${number}`);
	// The absolute difference: if the clock was set back, a claim may lie in the future.
	return found !== undefined && Math.abs(Date.now() - found.modified) > remoteClaimMs;
}
