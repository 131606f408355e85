import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { isZip, type UnpackZstdFrame } from './zipArchive.ts';

/**
 * The text of a file: UTF-8, or JSON if it is a log that is packed. Throws `validation` if it is neither, and for a log
 * that is packed with zstd without `unpackZstdFrame`.
 */
export async function fileText(name: string, bytes: Uint8Array, unpackZstdFrame?: UnpackZstdFrame): Promise<string> {
	if (isZip(bytes)) {
		const { evalLogText } = await import('../inspect/evalLog.ts');
		return evalLogText(bytes, unpackZstdFrame);
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new AppError('validation', l10n.t('{0} is not UTF-8 text. Save it as UTF-8 first', name), { cause });
	}
}
