import assert from 'node:assert/strict';
import fc from 'fast-check';
import { crc32, sha256OfBytes } from '../../../src/disk/checksum.ts';
import { decodeLine, encodeHeader, encodeRecord, emptyPoint } from '../../../src/storage/logFormat.ts';
import { highestSequence, readLog } from '../../../src/storage/logReader.ts';
import { parseExport } from '../../../src/storage/importRows.ts';
import { readSnapshot } from '../../../src/storage/snapshots.ts';
import { isAppError } from '../../../src/common/errors.ts';
import { damagedBytes, fuzz } from '../../support/fuzz.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { openTestStore, time } from '../../support/storage/testStore.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('a snapshot with a schema that is not ours [attack 9] [attack 23]', () => {
	/** A store whose only snapshot was changed by `sql`, with checksums that fit. */
	async function changedBy(sql: string): Promise<SimulatedFiles> {
		const files = new SimulatedFiles();
		const store = await openTestStore('/store', files);
		await store.write(({ drafts }) => drafts.create({ draftName: 'One', draftContent: 'x', now: time }));
		await store.checkpoint();
		await store.close();
		const name = files.paths.filter((path) => /snapshot-\d+\.db$/.test(path)).at(-1) ?? '';
		const { Database } = await loadSqlJs();
		const database = new Database(await files.read(name));
		database.run(sql);
		const bytes = new Uint8Array(database.export());
		database.close();
		files.damage(name, () => bytes);
		const sha256 = await sha256OfBytes(bytes);
		files.damage(name.replace(/db$/, 'json'), (before) => {
			const { check: _check, ...info } = JSON.parse(decode(before)) as Record<string, unknown>;
			const changed = { ...info, size: bytes.length, sha256 };
			return encode(`${JSON.stringify({ ...changed, check: crc32(encode(JSON.stringify(changed))) })}\n`);
		});
		return files;
	}

	for (const [name, sql] of Object.entries({
		trigger: 'CREATE TRIGGER t AFTER INSERT ON auspex_chats BEGIN DELETE FROM auspex_prompts; END',
		view: 'CREATE VIEW v AS SELECT * FROM users',
		table: 'CREATE VIRTUAL TABLE v USING fts4(content)',
		index: 'CREATE INDEX i ON users(created_at)',
	})) {
		it(`is refused for its ${name}, and an older state takes its place`, async () => {
			const store = await openTestStore('/store', await changedBy(sql));
			assert.ok(
				store.status.damage.some(({ lost }) => lost.includes(`it has a ${name}`)),
				JSON.stringify(store.status),
			);
			await store.write(({ chats }) => chats.create({ topic: 'x', title: null, now: time }));
			assert.equal(await store.read(({ prompts }) => prompts.getDefault().name), 'auspex_default');
			assert.equal(await store.read(({ drafts }) => drafts.list().length), 1);
		});
	}

	it('is not taken for a newer version’s either', async () => {
		const sql = 'PRAGMA user_version = 99; CREATE VIEW v AS SELECT 1';
		const store = await openTestStore('/store', await changedBy(sql));
		assert.ok(store.status.damage.some(({ lost }) => lost.includes('it has a view')));
	});
});

describe('a log with statements that are not ours [attack 23]', () => {
	for (const sql of [
		'CREATE TRIGGER t AFTER INSERT ON auspex_chats BEGIN DELETE FROM auspex_prompts; END',
		'CREATE TEMP TRIGGER t AFTER INSERT ON auspex_chats BEGIN DELETE FROM auspex_prompts; END',
		'CREATE VIEW v AS SELECT * FROM users',
		'CREATE VIRTUAL TABLE v USING fts4(content)',
		'PRAGMA writable_schema = ON',
		"ATTACH '/other.db' AS other",
	]) {
		it(`ends before ${sql.slice(0, 24)}, and what is lost is named`, async () => {
			const files = new SimulatedFiles();
			const store = await openTestStore('/store', files);
			await store.write(({ drafts }) => drafts.create({ draftName: 'One', draftContent: 'x', now: time }));
			await store.close();
			const log = files.paths.filter((path) => /log-\d+\.jsonl$/.test(path)).at(-1) ?? '';
			files.damage(log, (before) => {
				const last = decodeLine(encode(decode(before).trimEnd().split('\n').at(-1) ?? ''));
				assert.ok(last?.kind === 'record');
				const { bytes } = encodeRecord({ sequence: last.record.seq, crc: last.crc }, [[sql, []]], {
					all: true,
				});
				return Buffer.concat([before, bytes]);
			});
			const reopened = await openTestStore('/store', files);
			assert.equal(reopened.status.damage.length, 1, JSON.stringify(reopened.status));
			await reopened.write(({ chats }) => chats.create({ topic: 'x', title: null, now: time }));
			assert.equal(await reopened.read(({ prompts }) => prompts.getDefault().name), 'auspex_default');
			assert.equal(await reopened.read(({ drafts }) => drafts.list().length), 1);
		});
	}
});

describe('readers of the store’s files', () => {
	const header = decode(encodeHeader(1, emptyPoint));
	const first = encodeRecord(emptyPoint, [['INSERT INTO users VALUES (?)', ['a']]], { drafts: [1] });
	const second = encodeRecord(first.point, [['DELETE FROM users', []]], {});

	for (const fields of [
		'{"seq":1}',
		'{"seq":1,"prev":"x","touched":{},"statements":[["SELECT"]]}',
		'null',
		'[]',
		'{"seq":1,"prev":"x","touched":null,"statements":[]}',
		'{"seq":1,"prev":"x","touched":{},"statements":[["CREATE VIEW v AS SELECT 1",[]]]}',
	]) {
		it(`take no line for a record that has another shape: ${fields}`, () => {
			const rest = fields.startsWith('{') ? fields.slice(1) : `"value":${fields}}`;
			assert.equal(decodeLine(encode(`{"crc":"${crc32(encode(rest))}",${rest}`)), undefined);
		});
	}

	fuzz(
		'the log gives a prefix of what was written, whatever its bytes are',
		fc.asyncProperty(damagedBytes([header, decode(first.bytes), decode(second.bytes)]), async (bytes) => {
			const files = new SimulatedFiles();
			const file = await files.open('/store/log-1.jsonl', 'create');
			await file.write(bytes, 0);
			const { records } = await readLog(files, '/store', { generation: 1, offset: 0, point: emptyPoint });
			assert.deepEqual(
				records.map(({ crc }) => crc),
				[first.point.crc, second.point.crc].slice(0, records.length),
			);
			assert.ok(highestSequence(bytes) <= 2);
		}),
	);

	const info = { format: 1, generation: 1, size: 3, sha256: '0'.repeat(64), schema: 1, sequence: 1, crc: '00000000' };
	fuzz(
		'a snapshot is whole, or its problem is named',
		fc.asyncProperty(
			damagedBytes([JSON.stringify({ ...info, check: '00000000' }), '{"check":', 'null']),
			fc.uint8Array({ maxLength: 10 }),
			async (note, bytes) => {
				const files = new SimulatedFiles();
				await (await files.open('/store/snapshot-1.json', 'create')).write(note, 0);
				await (await files.open('/store/snapshot-1.db', 'create')).write(bytes, 0);
				const found = await readSnapshot(files, '/store', 1);
				assert.ok(typeof found === 'object' && 'problem' in found);
			},
		),
	);

	const row = fc.dictionary(
		fc.constantFrom(
			'id',
			'name',
			'title',
			'content',
			'metadata',
			'parts',
			'created_at',
			'updated_at',
			'__proto__',
			'test_results',
		),
		fc.oneof(fc.jsonValue(), fc.constant(time), fc.constant('x')),
	);
	fuzz(
		'rows of an import are read or named, one by one',
		fc.property(
			fc.array(fc.oneof(row, fc.jsonValue()), { maxLength: 6 }),
			fc.constantFrom('auspex_prompts', 'auspex_chats', 'auspex_prompt_drafts'),
			(rows, table) => {
				const json = JSON.stringify({ format: 'prompt-workshop-export', version: 1, [table]: rows });
				const { prompts, chats, drafts, skipped } = parseExport(json);
				const results = skipped.filter(({ what }) => what.startsWith('auspex_test_results'));
				assert.equal(
					prompts.length + chats.length + drafts.length + skipped.length - results.length,
					rows.length,
				);
				assert.ok(skipped.every(({ what, reason }) => what.length < 300 && reason.length < 400));
			},
		),
	);

	fuzz(
		'the text of an import is read or refused with a reason',
		fc.property(
			fc.oneof(
				fc.string(),
				damagedBytes(['{"format":"prompt-workshop-export",', '"version":1}', '"auspex_chats":[{"id":1}],']).map(
					decode,
				),
			),
			(json) => {
				try {
					parseExport(json);
				} catch (error) {
					assert.ok(isAppError(error, 'validation'), String(error));
				}
			},
		),
	);
});
