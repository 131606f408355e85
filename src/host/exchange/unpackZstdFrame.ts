import * as zlib from 'node:zlib';
import type { UnpackZstdFrame } from '../../formats/reading/zipArchive.ts';

/** A frame that asks for more than this much memory, 32 MB, is refused. */
const maxWindowLog = 25;

/** See the type. Undefined before Node 22.15, which has no zstd. Synchronous: imports are read in a thread of their own. */
export const unpackZstdFrame: UnpackZstdFrame | undefined =
	// Node and VS Code may be older than their types say.
	'zstdDecompressSync' in zlib
		? (packed, maxLength) => {
				const options = {
					info: true,
					maxOutputLength: maxLength,
					params: { [zlib.constants.ZSTD_d_windowLogMax]: maxWindowLog },
				};
				try {
					// With `info`, the result is not what the type says.
					const unpacked: unknown = zlib.zstdDecompressSync(packed, options);
					const { buffer, engine } = unpacked as { buffer: Uint8Array; engine: zlib.ZstdDecompress };
					return { bytes: buffer, used: engine.bytesWritten };
				} catch (thrown) {
					if (isTooLong(thrown)) {
						return undefined;
					}
					throw thrown;
				}
			}
		: undefined;

function isTooLong(thrown: unknown): boolean {
	return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
}
