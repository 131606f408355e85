import * as l10n from '@vscode/l10n';
/** The text of a file in UTF-8, or in UTF-16 with a byte order mark; the reason if it is neither. */
export function decodeText(bytes: Uint8Array): { text: string } | { reason: string } {
	const utf16 =
		bytes[0] === 0xff && bytes[1] === 0xfe
			? 'utf-16le'
			: bytes[0] === 0xfe && bytes[1] === 0xff
				? 'utf-16be'
				: null;
	if (utf16 === null && bytes.subarray(0, 65_536).includes(0)) {
		return { reason: l10n.t('It is a binary file') };
	}
	try {
		return { text: new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes) };
	} catch {
		// The decoder gives no details.
		return {
			reason: l10n.t(
				'It is not valid {0}. Save it as UTF-8 and import again',
				utf16 === null ? 'UTF-8' : 'UTF-16',
			),
		};
	}
}
