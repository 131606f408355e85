import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { crc32 as crc32OfBytes } from 'node:zlib';

/** Takes one to three milliseconds to hash. */
const pieceBytes = 1024 * 1024;

/** CRC-32 (as in zip and PNG) as eight lower-case hex digits. */
export function crc32(bytes: Uint8Array): string {
	return crc32OfBytes(bytes).toString(16).padStart(8, '0');
}

/** SHA-256 as 64 lower-case hex digits; yields to other work between the pieces. */
export async function sha256OfBytes(bytes: Uint8Array): Promise<string> {
	const hash = createHash('sha256');
	for (let start = 0; start < bytes.length; start += pieceBytes) {
		hash.update(bytes.subarray(start, start + pieceBytes));
		await setImmediate();
	}
	return hash.digest('hex');
}
