import type { Claim, ClaimPlace } from '../disk/claims.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { LogPosition } from './logReader.ts';

/** The claims to a store, `owner.<n>` in its folder, which decide who may write. */
export function ownerClaims(files: DiskFiles, folder: string): ClaimPlace {
	return { files, folder, name: 'owner' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** Where in the log an owner finished that released its claim; `undefined` if it did not, or if its note is not valid. */
export function releasedAt(claim: Claim | undefined): LogPosition | undefined {
	const released = claim?.released;
	const point = isRecord(released) ? released['point'] : undefined;
	const isPosition =
		isRecord(released) &&
		isRecord(point) &&
		[released['generation'], released['offset'], point['sequence']].every(Number.isSafeInteger) &&
		typeof point['crc'] === 'string';
	return isPosition ? (released as unknown as LogPosition) : undefined;
}
