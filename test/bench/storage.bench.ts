import { execFile } from 'node:child_process';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Store, StoreMaintenance } from '../../src/storage/contract.ts';
import type { OpenFile, DiskFiles } from '../../src/disk/files.ts';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { snapshotWorker } from '../../src/storage/startSnapshotWorker.ts';
import { sleep } from '../support/sleep.ts';
import { testResult } from '../support/storage/everyMethod.ts';
import { loadSqlJs, loadWasm } from '../support/storage/sql.ts';

/**
 * What durability costs: a transaction of one 2 KB draft in stores of 1, 10 and 100 MB, against native SQLite (WAL,
 * FULL) and against writing the whole database out each time; opening and memory at 10 MB; how long a checkpoint
 * blocks at 10 and 100 MB; opening and listing 5,000 drafts with 50,000 results. Commits take turns, so that a busy
 * disk hits all of them alike.
 * Times in milliseconds. About a minute; `--quick` leaves the 100 MB out. `BENCH_FOLDER` chooses another disk.
 */
const quick = process.argv.includes('--quick');
const sizes = quick ? [1, 10] : [1, 10, 100];
const megabyte = 1024 * 1024;
const row = 'Two kilobytes of a draft. '.repeat(80).slice(0, 2048);
const longText = 'A filling text. '.repeat(1280);
const fillTable =
	'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) INSERT INTO t (text) SELECT ? FROM n';
const now = '2026-01-02T03:04:05.000Z';

type BenchStore = Store & StoreMaintenance;

function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

async function timeOf(work: () => unknown): Promise<number> {
	const before = performance.now();
	await work();
	return performance.now() - before;
}

/** The median time of each, after a warm-up of a sixth of the rounds; in every round each has its turn. */
async function measureInTurns<Name extends string>(
	rounds: number,
	contenders: Record<Name, () => unknown>,
): Promise<Record<Name, number>> {
	const names = Object.keys(contenders) as Name[];
	const times = new Map<Name, number[]>(names.map((name) => [name, []]));
	const warmUp = Math.floor(rounds / 6);
	for (let round = -warmUp; round < rounds; round++) {
		for (const name of names) {
			const time = await timeOf(contenders[name]);
			if (round >= 0) {
				times.get(name)?.push(time);
			}
		}
	}
	return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

function openBench(folder: string, files: DiskFiles = nodeFiles): Promise<BenchStore> {
	return openStore({
		folder,
		files,
		initSqlJs: loadSqlJs,
		buildSnapshot: snapshotWorker(loadWasm),
		now: () => new Date(now),
	});
}

/** Ends with a snapshot and an empty log. */
async function fill(store: BenchStore, megabytes: number): Promise<void> {
	const drafts = Math.ceil((megabytes * megabyte) / longText.length);
	for (let done = 0; done < drafts; done += 1000) {
		await store.write((repositories) => {
			for (let index = done; index < Math.min(drafts, done + 1000); index++) {
				repositories.drafts.create({ draftName: null, draftContent: longText, now });
			}
		});
	}
	await store.checkpoint();
}

function writeDraft(store: BenchStore): Promise<unknown> {
	return store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: row, now }));
}

/** Native SQLite with so much in it, in its steady state: its write-ahead log is long enough and written over again. */
function openNative(file: string, megabytes: number): { insert(): void; close(): void } {
	const database = new DatabaseSync(file);
	database.exec(
		'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)',
	);
	database.prepare(fillTable).run(megabytes * 50, longText);
	const insert = database.prepare('INSERT INTO t (text) VALUES (?)');
	for (let count = 0; count < 1500; count++) {
		insert.run(row);
	}
	database.exec('PRAGMA synchronous = FULL');
	return {
		insert: () => void insert.run(row),
		close: () => database.close(),
	};
}

/** The usual way: the whole database to a temporary file, synced and renamed. */
async function writeOut(folder: string, bytes: Uint8Array): Promise<void> {
	const file = await open(join(folder, 'copy.tmp'), 'w');
	await file.write(bytes);
	await file.sync();
	await file.close();
	await rename(join(folder, 'copy.tmp'), join(folder, 'copy.db'));
}

async function exportAndRename(folder: string, megabytes: number): Promise<number> {
	const sqlJs = await loadSqlJs();
	const database = new sqlJs.Database();
	database.run('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
	database.run(fillTable, [megabytes * 50, longText]);
	const { time } = await measureInTurns(megabytes >= 100 ? 9 : 25, {
		async time() {
			database.run('INSERT INTO t (text) VALUES (?)', [row]);
			await writeOut(folder, database.export());
		},
	});
	database.close();
	return time;
}

/** One write and one sync, the least that a durable commit can cost. */
async function openBare(path: string): Promise<{ commit(): Promise<void>; close(): Promise<void> }> {
	const file = await open(path, 'w');
	const bytes = Buffer.from(row);
	let position = 0;
	return {
		async commit() {
			await file.write(bytes, 0, bytes.length, position);
			position += bytes.length;
			await file.datasync();
		},
		close: () => file.close(),
	};
}

/** The longest time in which no timer could run. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
	let last = performance.now();
	let longest = 0;
	const timer = setInterval(() => {
		const time = performance.now();
		longest = Math.max(longest, time - last);
		last = time;
	}, 1);
	await sleep(20, 'the timer is in its rhythm');
	longest = 0;
	await work();
	await sleep(5, 'the timer sees the end of the work');
	clearInterval(timer);
	return longest;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'storage-bench-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function ms(value: number): string {
	return value.toFixed(value < 10 ? 2 : 0);
}

function verdict(name: string, value: string, met: boolean): void {
	console.log(`${met ? 'met   ' : 'MISSED'} ${name}: ${value}`);
	if (!met) {
		process.exitCode = 1;
	}
}

/** Opening without what an owner then writes; as a window that was killed leaves the store, not a closed one. */
async function timeOfOpening(place: string, count: number): Promise<number> {
	const times: number[] = [];
	for (let index = 0; index < count; index++) {
		let reader: BenchStore | undefined;
		times.push(await timeOf(async () => (reader = await openBench(place, unwritable(nodeFiles)))));
		await reader?.close();
	}
	return median(times);
}

function unwritable(files: DiskFiles): DiskFiles {
	const refuse = () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }));
	return {
		...files,
		createFolder: refuse,
		open: (path, mode): Promise<OpenFile> => (mode === 'read' ? files.open(path, mode) : refuse()),
	};
}

async function reportCommits(folder: string): Promise<void> {
	const stores = new Map<number, BenchStore>();
	const natives = new Map<number, ReturnType<typeof openNative>>();
	const bare = await openBare(join(folder, 'bare'));
	const contenders: Record<string, () => unknown> = { bare: () => bare.commit() };
	for (const size of sizes) {
		const store = await openBench(join(folder, `store-${size}`));
		await fill(store, size);
		const native = openNative(join(folder, `native-${size}.db`), size);
		stores.set(size, store);
		natives.set(size, native);
		contenders[`store ${size}`] = () => writeDraft(store);
		contenders[`native ${size}`] = () => native.insert();
	}
	const times = await measureInTurns(300, contenders);
	const time = (name: string) => times[name] ?? NaN;
	await Promise.all([bare.close(), ...[...stores.values()].map((store) => store.close())]);
	natives.forEach((native) => native.close());

	const exported = new Map<number, number>();
	for (const size of sizes) {
		exported.set(size, await exportAndRename(folder, size));
	}
	console.log(`Durable commit of a 2 KB row, median ms (one bare write + fdatasync: ${ms(time('bare'))})`);
	console.table(
		Object.fromEntries(
			sizes.map((size) => [
				`${size} MB`,
				{
					'statement log': ms(time(`store ${size}`)),
					'native WAL FULL': ms(time(`native ${size}`)),
					'export + rename': ms(exported.get(size) ?? NaN),
				},
			]),
		),
	);
	const largest = sizes.at(-1) ?? 1;
	const growth = time(`store ${largest}`) / time('store 1');
	verdict(`${largest} MB within 1.5 x of 1 MB`, `${growth.toFixed(2)} x`, growth <= 1.5);
	for (const size of sizes) {
		const ratio = time(`store ${size}`) / time(`native ${size}`);
		verdict(`${size} MB within 3 x of native`, `${ratio.toFixed(2)} x`, ratio <= 3);
	}
	if (!quick) {
		const faster = (exported.get(largest) ?? NaN) / time(`store ${largest}`);
		verdict('at 100 MB at least 50 x faster than export', `${faster.toFixed(0)} x`, faster >= 50);
	}
}

async function reportBlock(store: BenchStore, megabytes: number, limitMs: number): Promise<void> {
	const blocks: number[] = [];
	const times: number[] = [];
	for (let count = 0; count < 9; count++) {
		await writeDraft(store);
		blocks.push(await longestBlock(async () => times.push(await timeOf(() => store.checkpoint()))));
	}
	const longest = `the longest of ${blocks.length} ${ms(Math.max(...blocks))} ms`;
	const block = `${ms(median(blocks))} ms, ${longest}; it takes ${ms(median(times))} ms`;
	const name = `a checkpoint at ${megabytes} MB blocks the event loop under ${limitMs} ms`;
	verdict(name, block, median(blocks) < limitMs);
}

async function reportHundredMegabytes(folder: string): Promise<void> {
	const store = await openBench(join(folder, 'store-of-100'));
	await fill(store, 100);
	// An export in this thread takes longer; its own thread competes for the processor only.
	await reportBlock(store, 100, 100);
	await store.close();
}

async function reportTenMegabytes(folder: string): Promise<void> {
	const place = join(folder, 'store-of-10');
	const store = await openBench(place);
	await fill(store, 10);
	await reportBlock(store, 10, 50);
	const idle = ['--expose-gc', '--no-warnings', import.meta.filename, '--idle', place];
	console.log((await promisify(execFile)(process.execPath, idle)).stdout.trim());

	while (store.status.logBytes < 5 * megabyte) {
		await writeDraft(store);
	}
	const opening = await timeOfOpening(place, 9);
	const log = `log ${(store.status.logBytes / megabyte).toFixed(1)} MB`;
	verdict('opening 10 MB with a 5 MB log under 250 ms', `${ms(opening)} ms (${log})`, opening < 250);
	await store.close();
}

/** In a process of its own: what an idle store adds to a program that has loaded nothing else. */
async function reportIdleMemory(place: string): Promise<void> {
	globalThis.gc?.();
	const before = process.memoryUsage();
	const store = await openBench(place);
	await store.read(({ drafts }) => drafts.list());
	globalThis.gc?.();
	const { rss, external } = process.memoryUsage();
	const resident = ((rss - before.rss) / megabyte).toFixed(0);
	const outside = ((external - before.external) / megabyte).toFixed(0);
	console.log(
		`Memory of an idle store of 10 MB with the engine: ${resident} MB resident, ${outside} MB outside the heap`,
	);
	await store.close();
}

async function reportLargeLibrary(folder: string): Promise<void> {
	const place = join(folder, 'library');
	const store = await openBench(place);
	for (let part = 0; part < 5000; part += 500) {
		await store.write(({ drafts, results }) => {
			for (let index = part; index < part + 500; index++) {
				const { id } = drafts.create({ draftName: `Draft ${index}`, draftContent: longText, now });
				for (let test = 0; test < 10; test++) {
					results.put(testResult({ testId: `${id}-${test}`, draftId: id, userRating: 1 + (test % 5) }));
				}
			}
		});
	}
	await store.checkpoint();
	const opening = await timeOfOpening(place, 5);
	const size = `${(store.status.snapshotBytes / megabyte).toFixed(0)} MB`;
	verdict(
		'opening 5,000 drafts of 20 KB and 50,000 results under 2 s',
		`${ms(opening)} ms (${size})`,
		opening < 2000,
	);

	// The longest log that a store of this size ever has.
	while (store.status.logBytes < store.status.snapshotBytes * 0.22) {
		await store.write(({ drafts }) => {
			for (let index = 0; index < 100; index++) {
				drafts.create({ draftName: null, draftContent: longText, now });
			}
		});
	}
	const log = `log ${(store.status.logBytes / megabyte).toFixed(0)} MB`;
	const behind = await timeOfOpening(place, 5);
	verdict('the same with the longest log under 2 s', `${ms(behind)} ms (${log})`, behind < 2000);

	const find = () =>
		store.read(({ drafts }) => drafts.list().filter(({ draftName }) => draftName?.includes('499') === true));
	const { time } = await measureInTurns(12, { time: find });
	verdict('finding drafts among them by name, with counts and ratings, under 100 ms', `${ms(time)} ms`, time < 100);
	await store.close();
}

if (process.argv[2] === '--idle') {
	await reportIdleMemory(process.argv[3] ?? '');
	process.exit(0);
}
await inFolder(reportTenMegabytes);
if (!quick) {
	await inFolder(reportHundredMegabytes);
}
await inFolder(reportCommits);
if (!quick) {
	await inFolder(reportLargeLibrary);
}
