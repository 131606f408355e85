import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';

/** Of one archive, read or not. */
export const maxZipEntries = 20_000;
/** Of one entry when it is inflated, in bytes. */
export const maxZipEntryBytes = 20 * 1024 * 1024;
/** Of all entries that are read, inflated, in bytes. */
export const maxZipBytes = 500 * 1024 * 1024;

const megabyte = 1024 * 1024;
/** Bytes that are inflated at once: deflate makes at most 1,032 times as many of them. */
const inflateStep = 16 * 1024;
/** Of one entry. A log in the making is packed in a few; empty ones would keep us busy for minutes. */
export const maxZstdFrames = 10_000;

/** Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const signatures = { local: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };
const endLength = 22;
const directoryLength = 46;
const localLength = 30;
const maxCommentLength = 0xffff;
/** Encrypted, strongly encrypted, or with a hidden list of entries. */
const isEncrypted = 0x2041;
const stored = 0;
const deflated = 8;
const zstd = 93;

interface ZipEntry {
	name: string;
	flags: number;
	method: number;
	packedSize: number;
	/** What the archive says; nothing makes it true. */
	size: number;
	/** Of its local header. */
	offset: number;
}

/**
 * Unpacks the zstd frame that `packed` begins with, and says how many bytes of it that took; undefined if it holds more
 * than `maxLength` bytes, of which no more are unpacked. Throws if it is damaged. Format: RFC 8878
 */
export type UnpackZstdFrame = (
	packed: Uint8Array,
	maxLength: number,
) => { bytes: Uint8Array; used: number } | undefined;

/** Whether bytes begin like a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
	const start = bytes.length < 4 ? 0 : viewOf(bytes).getUint32(0, true);
	return start === signatures.local || start === signatures.end;
}

/**
 * A zip archive from anyone, held in memory. Its names are checked before anything is inflated, and each entry is inflated
 * in steps, never further than it says and than the limits allow. Everything throws `validation` with a sentence.
 */
export class ZipArchive {
	readonly #bytes: Uint8Array;
	readonly #entries: ReadonlyMap<string, ZipEntry>;
	readonly #unpackZstdFrame: UnpackZstdFrame | undefined;
	#inflated = 0;

	/** Without `unpackZstdFrame`, entries that are packed with zstd are refused. */
	constructor(bytes: Uint8Array, unpackZstdFrame?: UnpackZstdFrame) {
		this.#bytes = bytes;
		this.#unpackZstdFrame = unpackZstdFrame;
		this.#entries = entriesOf(bytes);
	}

	/** In the order of the archive. */
	get names(): string[] {
		return [...this.#entries.keys()];
	}

	/** The bytes of an entry; undefined if there is none with this name. */
	async read(name: string): Promise<Uint8Array | undefined> {
		const entry = this.#entries.get(name);
		if (!entry) {
			return undefined;
		}
		this.#check(entry);
		const packed = packedBytes(this.#bytes, entry);
		if (entry.method === stored) {
			if (packed.length !== entry.size) {
				throw damaged(name);
			}
			return packed;
		}
		return entry.method === zstd && this.#unpackZstdFrame
			? unpackZstd(entry, packed, this.#unpackZstdFrame)
			: inflate(entry, packed);
	}

	#check({ name, flags, method, size }: ZipEntry): void {
		if ((flags & isEncrypted) !== 0) {
			throw refused(l10n.t('The entry "{0}" of the archive is encrypted. Pack it without a password', name));
		}
		if (method === zstd && !this.#unpackZstdFrame) {
			throw refused(
				l10n.t(
					'The entry "{0}" of the archive is compressed with zstd, which this version of VS Code cannot read. Update VS Code, or write the log as JSON: inspect log convert --to json',
					name,
				),
			);
		}
		if (![stored, deflated, zstd].includes(method)) {
			throw refused(
				l10n.t(
					'The entry "{0}" of the archive is compressed with method {1}, which is not read. Pack it with deflate',
					name,
					method,
				),
			);
		}
		if (size > maxZipEntryBytes) {
			throw refused(
				l10n.t(
					'The entry "{0}" of the archive has {1} MB. At most {2} MB of an entry are read: write a smaller log',
					name,
					Math.ceil(size / megabyte).toLocaleString('en'),
					maxZipEntryBytes / megabyte,
				),
			);
		}
		this.#inflated += size;
		if (this.#inflated > maxZipBytes) {
			throw refused(
				l10n.t(
					'The entries of the archive have more than {0} MB. Write a log with fewer samples',
					maxZipBytes / megabyte,
				),
			);
		}
	}
}

async function inflate({ name, size }: ZipEntry, packed: Uint8Array): Promise<Uint8Array> {
	const { Inflate } = await import('fflate');
	const bytes = new Uint8Array(size);
	let length = 0;
	const stream = new Inflate((chunk) => {
		if (length + chunk.length > size) {
			throw longerThanStated(name, size);
		}
		bytes.set(chunk, length);
		length += chunk.length;
	});
	try {
		for (let at = 0; at === 0 || at < packed.length; at += inflateStep) {
			stream.push(packed.subarray(at, at + inflateStep), at + inflateStep >= packed.length);
		}
	} catch (thrown) {
		throw thrown instanceof AppError ? thrown : damaged(name, thrown);
	}
	if (length !== size) {
		throw damaged(name);
	}
	return bytes;
}

/** A packer may write an entry as several frames, one after the other. */
function unpackZstd({ name, size }: ZipEntry, packed: Uint8Array, unpackFrame: UnpackZstdFrame): Uint8Array {
	const bytes = new Uint8Array(size);
	let length = 0;
	let frames = 0;
	for (let at = 0; at < packed.length;) {
		let frame: ReturnType<UnpackZstdFrame>;
		try {
			// One byte more than may follow tells an honest entry from one that holds more.
			frame = unpackFrame(packed.subarray(at), size - length + 1);
		} catch (cause) {
			throw damaged(name, cause);
		}
		if (!frame || length + frame.bytes.length > size) {
			throw longerThanStated(name, size);
		}
		if (frame.used === 0 || ++frames > maxZstdFrames) {
			throw damaged(name);
		}
		bytes.set(frame.bytes, length);
		length += frame.bytes.length;
		at += frame.used;
	}
	if (length !== size) {
		throw damaged(name);
	}
	return bytes;
}

/** The entries by name, from the list at the end of the archive. */
function entriesOf(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
	const view = viewOf(bytes);
	const end = endOf(view);
	const entries = new Map<string, ZipEntry>();
	let at = end === undefined ? 0 : view.getUint32(end + 16, true);
	if (end === undefined || at > end) {
		throw cutOff();
	}
	// The list says how many there are in 16 bits only, so they are counted.
	for (let count = 1; at < end; count++) {
		if (count > maxZipEntries) {
			throw refused(
				l10n.t(
					'The archive has more than {0} entries. Write a log with fewer samples',
					maxZipEntries.toLocaleString('en'),
				),
			);
		}
		if (at + directoryLength > end || view.getUint32(at, true) !== signatures.directory) {
			throw cutOff();
		}
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
		const nameEnd = at + directoryLength + (nameLength ?? 0);
		const name = new TextDecoder().decode(bytes.subarray(at + directoryLength, nameEnd));
		checkName(name, entries);
		entries.set(name, {
			name,
			flags: view.getUint16(at + 8, true),
			method: view.getUint16(at + 10, true),
			packedSize: view.getUint32(at + 20, true),
			size: view.getUint32(at + 24, true),
			offset: view.getUint32(at + 42, true),
		});
		at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
	}
	return entries;
}

/** Where the record at the end begins; a comment may follow it. */
function endOf(view: DataView): number | undefined {
	const last = view.byteLength - endLength;
	for (let at = last; at >= 0 && at >= last - maxCommentLength; at--) {
		if (view.getUint32(at, true) === signatures.end && view.getUint16(at + 20, true) === last - at) {
			return at;
		}
	}
	return undefined;
}

function checkName(name: string, entries: ReadonlyMap<string, ZipEntry>): void {
	const parts = name.split(/[\\/]/);
	if (name.includes('\0') || parts.includes('..') || parts[0] === '' || /^[a-z]:/i.test(name)) {
		throw refused(
			l10n.t('The archive has an entry "{0}", whose name leads out of it. It is not read', name.slice(0, 200)),
		);
	}
	if (entries.has(name)) {
		throw refused(l10n.t('The archive has two entries with the name "{0}". Pack it again', name.slice(0, 200)));
	}
}

function packedBytes(bytes: Uint8Array, { name, packedSize, offset }: ZipEntry): Uint8Array {
	const view = viewOf(bytes);
	if (offset + localLength > bytes.length || view.getUint32(offset, true) !== signatures.local) {
		throw damaged(name);
	}
	const start = offset + localLength + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
	if (start + packedSize > bytes.length) {
		throw damaged(name);
	}
	return bytes.subarray(start, start + packedSize);
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function cutOff(): AppError {
	return refused(l10n.t('The archive is cut off or damaged: its list of entries cannot be read. Copy it again'));
}

function longerThanStated(name: string, size: number): AppError {
	return refused(
		l10n.t(
			'The entry "{0}" of the archive holds more than the {1} bytes that it says, so it is not read. Pack it again',
			name,
			size.toLocaleString('en'),
		),
	);
}

function damaged(name: string, cause?: unknown): AppError {
	return refused(l10n.t('The entry "{0}" of the archive is damaged. Copy the file again', name), cause);
}

function refused(message: string, cause?: unknown): AppError {
	return new AppError('validation', message, cause === undefined ? {} : { cause });
}
