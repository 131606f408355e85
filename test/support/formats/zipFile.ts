import { deflateRawSync, zstdCompressSync } from 'node:zlib';

export interface ZipPart {
	name: string;
	content: string | Uint8Array;
	/** 8, deflate, unless another one is given: 93 is zstd; the bytes of any other are the content itself. */
	method?: number;
	/** The content is packed already. */
	isPacked?: boolean;
	flags?: number;
	/** What the archive says of the size, if that is not true. */
	declared?: number;
}

/** A zip archive, honest or not. */
export function zipFile(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
	const bodies: Buffer[] = [];
	const list: Buffer[] = [];
	let offset = 0;
	for (const { name, content, method = 8, isPacked = false, flags = 0, declared } of parts) {
		const plain = Buffer.from(content);
		const packed = isPacked ? plain : pack(method, plain);
		const nameBytes = Buffer.from(name);
		/** Version, flags, method, time, date, checksum, sizes, lengths of name and extra field. */
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(flags, 2);
		fields.writeUInt16LE(method, 4);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(declared ?? plain.length, 18);
		fields.writeUInt16LE(nameBytes.length, 22);
		const position = Buffer.alloc(14);
		position.writeUInt32LE(offset, 10);
		list.push(Buffer.from('PK\x01\x02\x14\x00'), fields, position, nameBytes);
		const body = Buffer.concat([Buffer.from('PK\x03\x04'), fields, nameBytes, packed]);
		bodies.push(body);
		offset += body.length;
	}
	const directory = Buffer.concat(list);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06');
	end.writeUInt16LE(parts.length & 0xffff, 8);
	end.writeUInt16LE(parts.length & 0xffff, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return new Uint8Array(Buffer.concat([...bodies, directory, end]));
}

function pack(method: number, plain: Buffer): Buffer {
	return method === 8 ? deflateRawSync(plain) : method === 93 ? zstdCompressSync(plain) : plain;
}
