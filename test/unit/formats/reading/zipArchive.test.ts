import assert from 'node:assert/strict';
import { constants, deflateRawSync, zstdCompressSync } from 'node:zlib';
import { isAppError } from '../../../../src/common/errors.ts';
import {
	isZip,
	maxZipEntries,
	maxZipEntryBytes,
	maxZipBytes,
	maxZstdFrames,
	ZipArchive,
} from '../../../../src/formats/reading/zipArchive.ts';
import { unpackZstdFrame } from '../../../../src/host/exchange/unpackZstdFrame.ts';
import { zipFile } from '../../../support/formats/zipFile.ts';

const refusal = (message: RegExp) => (error: unknown) => isAppError(error, 'validation') && message.test(error.message);
const zeros = (length: number) => new Uint8Array(length);

describe('zip archives', () => {
	it('are recognised by their beginning', () => {
		assert.ok(isZip(zipFile([{ name: 'a', content: 'x' }])));
		assert.ok(isZip(zipFile([])));
		assert.ok(!isZip(new TextEncoder().encode('{"a":1}')));
		assert.ok(!isZip(zeros(3)));
	});

	it('give the bytes of their entries, packed or stored', async () => {
		const long = 'Lima '.repeat(100_000);
		const archive = new ZipArchive(
			zipFile([
				{ name: 'a/long.json', content: long },
				{ name: 'stored', content: 'as it is', method: 0 },
				{ name: 'empty', content: '' },
			]),
		);
		const read = async (name: string) => {
			const bytes = await archive.read(name);
			return bytes && new TextDecoder().decode(bytes);
		};
		assert.deepEqual(archive.names, ['a/long.json', 'stored', 'empty']);
		assert.equal(await read('a/long.json'), long);
		assert.equal(await read('stored'), 'as it is');
		assert.equal(await read('empty'), '');
		assert.equal(await read('other'), undefined);
	});

	it('are read with a comment at their end', () => {
		const bytes = zipFile([{ name: 'a', content: 'x' }]);
		bytes[bytes.length - 2] = 3;
		assert.deepEqual(new ZipArchive(Buffer.concat([bytes, Buffer.from('end')])).names, ['a']);
	});

	it('are refused if an entry says that it is too large, before it is inflated [attack 9]', async () => {
		const archive = new ZipArchive(zipFile([{ name: 'a', content: 'x', declared: 3_000_000_000 }]));
		const before = process.memoryUsage().arrayBuffers;
		await assert.rejects(archive.read('a'), refusal(/"a".* has 2,862 MB\. At most 20 MB/));
		assert.ok(process.memoryUsage().arrayBuffers - before < maxZipEntryBytes);
	});

	it('are refused if an entry inflates to more than it says, after one step [attack 9]', async () => {
		const packed = deflateRawSync(zeros(40 * 1024 * 1024));
		const bytes = zipFile([{ name: 'a', content: packed, isPacked: true, declared: 1_000 }]);
		await assert.rejects(new ZipArchive(bytes).read('a'), refusal(/"a".*more than the 1,000 bytes/));
	}).timeout(20_000);

	it('are refused if their entries have too many bytes together [attack 9]', async () => {
		const count = Math.floor(maxZipBytes / maxZipEntryBytes);
		const content = deflateRawSync(zeros(maxZipEntryBytes));
		const parts = Array.from({ length: count + 1 }, (_, index) => ({
			name: String(index),
			content,
			isPacked: true,
			declared: maxZipEntryBytes,
		}));
		const archive = new ZipArchive(zipFile(parts));
		for (let index = 0; index < count; index++) {
			assert.equal((await archive.read(String(index)))?.length, maxZipEntryBytes);
		}
		await assert.rejects(archive.read(String(count)), refusal(/more than 500 MB/));
	}).timeout(60_000);

	it('are refused with too many entries [attack 9]', () => {
		const many = (length: number) =>
			zipFile(Array.from({ length }, (_, index) => ({ name: String(index), content: '', method: 0 })));
		assert.equal(new ZipArchive(many(maxZipEntries)).names.length, maxZipEntries);
		assert.throws(() => new ZipArchive(many(100_000)), refusal(/more than 20,000 entries/));
	}).timeout(20_000);

	it('are refused with names that lead out of them, and with names that are there twice [attack 9]', () => {
		const names = ['../a', 'a/../../b', '/etc/passwd', 'a\\..\\b', 'C:/a', '\\\\host\\a', 'a\0b'];
		for (const name of names) {
			assert.throws(() => new ZipArchive(zipFile([{ name, content: 'x' }])), refusal(/leads out of it/), name);
		}
		assert.deepEqual(new ZipArchive(zipFile([{ name: 'a..b/..c', content: 'x' }])).names, ['a..b/..c']);
		const twice = [
			{ name: 'a', content: 'x' },
			{ name: 'a', content: 'y' },
		];
		assert.throws(() => new ZipArchive(zipFile(twice)), refusal(/two entries with the name "a"/));
	});

	it('are refused if an entry is encrypted or packed by a method that is not read [attack 9]', async () => {
		const archive = new ZipArchive(
			zipFile([
				{ name: 'secret', content: 'x', flags: 1 },
				{ name: 'new', content: 'x', method: 93 },
				{ name: 'odd', content: 'x', method: 12 },
				{ name: 'good', content: 'x' },
			]),
		);
		await assert.rejects(archive.read('secret'), refusal(/"secret".*encrypted/));
		await assert.rejects(archive.read('new'), refusal(/"new".*zstd.*inspect log convert --to json/));
		await assert.rejects(archive.read('odd'), refusal(/"odd".*method 12/));
		assert.equal((await archive.read('good'))?.length, 1);
	});

	describe('that are packed with zstd', () => {
		const zstd = (content: string | Uint8Array, declared?: number, isPacked = declared !== undefined) => {
			const part = { name: 'a', content, method: 93, isPacked, ...(declared !== undefined && { declared }) };
			return new ZipArchive(zipFile([part]), unpackZstdFrame);
		};
		const text = async (archive: ZipArchive) => new TextDecoder().decode(await archive.read('a'));

		it('give the bytes of their entries, in one frame or several', async () => {
			const long = 'Lima '.repeat(100_000);
			assert.equal(await text(zstd(long)), long);
			assert.equal(await text(zstd('')), '');
			const frames = Buffer.concat(['Lima, ', '', 'Quito'].map((part) => zstdCompressSync(part)));
			assert.equal(await text(zstd(frames, 11)), 'Lima, Quito');
			// Skipped by every reader of zstd: a frame with data of its own.
			const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
			assert.equal(await text(zstd(Buffer.concat([skipped, frames]), 11)), 'Lima, Quito');
		});

		it('are refused if an entry holds more or less than it says [attack 9]', async () => {
			const bomb = zstdCompressSync(zeros(40 * 1024 * 1024));
			const before = process.memoryUsage().arrayBuffers;
			await assert.rejects(zstd(bomb, 1_000).read('a'), refusal(/"a".*more than the 1,000 bytes/));
			assert.ok(process.memoryUsage().arrayBuffers - before < maxZipEntryBytes);
			await assert.rejects(zstd(bomb, 3_000_000_000).read('a'), refusal(/"a" .* has 2,862 MB/));
			await assert.rejects(zstd(zstdCompressSync('Lima'), 3).read('a'), refusal(/more than the 3 bytes/));
			const second = Buffer.concat([zstdCompressSync('Lima'), bomb]);
			await assert.rejects(zstd(second, 4).read('a'), refusal(/more than the 4 bytes/));
			await assert.rejects(zstd(zstdCompressSync('Lima'), 5).read('a'), refusal(/damaged/));
		});

		it('are refused if an entry asks for much memory, or has frames without end [attack 9]', async () => {
			const wide = zstdCompressSync(zeros(70_000_000), { params: { [constants.ZSTD_c_windowLog]: 27 } });
			await assert.rejects(zstd(wide, 1_000).read('a'), refusal(/damaged/));
			const empty = zstdCompressSync('');
			const frames = (count: number) => Buffer.concat(Array.from({ length: count }, () => empty));
			assert.equal(await text(zstd(frames(100), 0)), '');
			await assert.rejects(zstd(frames(maxZstdFrames + 1), 0).read('a'), refusal(/damaged/));
		}).timeout(20_000);

		it('are refused or read as they are, cut off anywhere or with any damaged byte [attack 9]', async () => {
			const content = 'Lima, Quito, La Paz, and Lima again';
			const packed = zstdCompressSync(content);
			for (let at = 0; at < packed.length; at++) {
				await assert.rejects(zstd(packed.subarray(0, at), content.length).read('a'), refusal(/damaged/));
				const damaged = Buffer.from(packed);
				damaged[at] = 0xff - (damaged[at] ?? 0);
				try {
					assert.equal((await zstd(damaged, content.length).read('a'))?.length, content.length);
				} catch (thrown) {
					assert.ok(isAppError(thrown, 'validation'), `${at}: ${String(thrown)}`);
				}
			}
		});
	});

	it('are refused wherever they are cut off [attack 9]', async () => {
		const bytes = zipFile([{ name: 'a', content: 'Lima, Quito, La Paz' }]);
		for (let length = 4; length < bytes.length; length++) {
			assert.throws(
				() => new ZipArchive(bytes.subarray(0, length)),
				refusal(/cut off or damaged/),
				String(length),
			);
		}
		// The beginning is gone, so that the list points elsewhere.
		await assert.rejects(async () => new ZipArchive(bytes.subarray(9)).read('a'), refusal(/damaged/));
	});

	it('are refused or read as they are, whatever byte is damaged [attack 9]', async () => {
		const content = 'Lima, Quito, La Paz, and Lima again';
		const bytes = zipFile([{ name: 'a', content }]);
		for (let at = 0; at < bytes.length; at++) {
			for (const value of [0x00, 0x50, 0xff]) {
				const damaged = Uint8Array.from(bytes);
				damaged[at] = value;
				try {
					const archive = new ZipArchive(damaged);
					for (const name of archive.names) {
						assert.ok(((await archive.read(name))?.length ?? 0) <= maxZipEntryBytes);
					}
				} catch (thrown) {
					assert.ok(isAppError(thrown, 'validation'), `${at}: ${String(thrown)}`);
				}
			}
		}
	});
});
