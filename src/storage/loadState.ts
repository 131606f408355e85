import type { SqlJsStatic } from 'sql.js';
import { newestClaim } from '../disk/claims.ts';
import { Database } from './database.ts';
import type { DiskFiles } from '../disk/files.ts';
import { logFile, logGenerations, snapshotFile, snapshotGenerations } from './layout.ts';
import { type LogPoint, emptyPoint } from './logFormat.ts';
import { type Advance, highestSequence, readLog } from './logReader.ts';
import type { LogPosition } from './logReader.ts';
import { migrations } from './migrations/all.ts';
import { ownerClaims, releasedAt } from './ownerClaims.ts';
import { foreignSchema } from './schemaCheck.ts';
import { readSnapshot } from './snapshots.ts';

export interface FoundDamage {
	file: string;
	/** What was lost, for people. */
	lost: string;
}

export interface LoadedState {
	database: Database;
	position: LogPosition;
	/** The highest generation among the files; 0 when there are none. */
	newestGeneration: number;
	/** 0: none, the logs begin with the empty database. */
	snapshotGeneration: number;
	snapshotBytes: number;
	/** The last transaction that the snapshot contains. */
	snapshotSequence: number;
	/** Bytes of the logs since the snapshot. */
	logBytes: number;
	/** The last log ends with its last intact record. */
	endsCleanly: boolean;
	/** Nothing was there. */
	isNew: boolean;
	damage: FoundDamage[];
}

interface Base {
	database: Database;
	generation: number;
	point: LogPoint;
	/** `undefined`: the empty database. */
	snapshotBytes?: number;
	/** Not from a valid generation: its logs cannot follow. */
	salvaged?: true;
}

/** A database from bytes that SQLite can read and finds consistent, or what is wrong with it. */
function openChecked({ sqlJs, history }: Context, bytes: Uint8Array, room = 0): Database | string {
	let database: Database | undefined;
	try {
		database = new Database(sqlJs, bytes, room);
		// First, before anything that the file brings along could run.
		const foreign = foreignSchema(sqlJs, database, history);
		const problems = foreign === undefined ? database.problems() : [foreign];
		if (problems.length === 0) {
			return database;
		}
		database.close();
		return problems.slice(0, 3).join('; ');
	} catch (error) {
		database?.close();
		return error instanceof Error ? error.message : String(error);
	}
}

interface Context {
	files: DiskFiles;
	folder: string;
	sqlJs: SqlJsStatic;
	/** The migrations that are known: what the schema of a snapshot is compared with. */
	history: readonly (readonly string[])[];
	names: readonly string[];
	damage: FoundDamage[];
}

/** Bytes of the logs from this generation on; they add up to twice as much to the database, in pages half full. */
async function logSize({ files, folder, names }: Context, from: number): Promise<number> {
	const logs = logGenerations(names).filter((generation) => generation >= from);
	const found = await Promise.all(logs.map((generation) => files.stat(`${folder}/${logFile(generation)}`)));
	return found.reduce((sum, stat) => sum + (stat?.size ?? 0), 0);
}

async function newestSnapshot(context: Context): Promise<Base | undefined> {
	const { files, folder, names, damage } = context;
	for (const generation of snapshotGenerations(names).reverse()) {
		const room = 2 * (await logSize(context, generation));
		const found = await readSnapshot(files, folder, generation, room);
		if (found === 'unfinished') {
			continue;
		}
		const noteDamage = (file: string, problem: string) =>
			damage.push({ file, lost: `nothing, an older snapshot and its log take its place (${problem})` });
		if ('problem' in found) {
			noteDamage(found.file, found.problem);
			continue;
		}
		const { info, bytes } = found;
		const database = openChecked(context, bytes, room);
		if (typeof database === 'string') {
			noteDamage(snapshotFile(generation), database);
			continue;
		}
		return { database, generation, point: { sequence: info.sequence, crc: info.crc }, snapshotBytes: info.size };
	}
	return undefined;
}

/** With no valid generation left: the newest snapshot that SQLite still accepts, or an empty database; never silently. */
async function salvage(context: Context): Promise<Base> {
	const { files, folder, sqlJs, names, damage } = context;
	const logs = logGenerations(names);
	const generation = Math.max(1, ...logs, ...snapshotGenerations(names));
	let sequence = 0;
	for (const log of logs) {
		const bytes = await files.read(`${folder}/${logFile(log)}`);
		sequence = Math.max(sequence, bytes ? highestSequence(bytes) : 0);
	}
	for (const found of damage) {
		found.lost = 'what it held, no older snapshot takes its place';
	}
	// The chain is broken here; the next snapshot starts a new one.
	const point: LogPoint = { sequence, crc: emptyPoint.crc };
	for (const candidate of snapshotGenerations(names).reverse()) {
		const file = snapshotFile(candidate);
		const bytes = await files.read(`${folder}/${file}`);
		const database = bytes && bytes.length > 0 ? openChecked(context, bytes) : 'empty';
		if (typeof database === 'object') {
			damage.push({
				file,
				lost: 'its checksum is unknown or wrong, so its texts may be damaged; later changes are lost',
			});
			return { database, generation, point, snapshotBytes: bytes?.length ?? 0, salvaged: true };
		}
	}
	damage.push({ file: logFile(logs[0] ?? 1), lost: 'everything in the store: no snapshot can be read' });
	return { database: new Database(sqlJs), generation, point, salvaged: true };
}

async function findBase(context: Context): Promise<Base> {
	const { names, sqlJs } = context;
	const snapshot = await newestSnapshot(context);
	if (snapshot) {
		return snapshot;
	}
	if (hasNoStore(names) || logGenerations(names)[0] === 1) {
		return { database: new Database(sqlJs), generation: 1, point: emptyPoint };
	}
	return salvage(context);
}

export function hasNoStore(names: readonly string[]): boolean {
	return logGenerations(names).length === 0 && snapshotGenerations(names).length === 0;
}

/** An unfinished write is a line without an end or with unwritten sectors; nothing else is left by a crash. */
function isUnfinishedWrite(rest: Uint8Array): boolean {
	return rest.length === 0 || rest.at(-1) !== 10 || rest.includes(0);
}

async function logDamage(
	{ files, folder, names }: Context,
	advance: Advance,
	closedAt: number,
): Promise<FoundDamage[]> {
	const { position, rest, stopped, damagedHeaders } = advance;
	const found: FoundDamage[] = damagedHeaders.map((log) => ({
		file: logFile(log),
		lost: 'nothing (its first line)',
	}));
	let highest = Math.max(closedAt, highestSequence(rest));
	const beyond = logGenerations(names).filter((log) => log > position.generation);
	for (const log of stopped ? beyond : []) {
		const bytes = await files.read(`${folder}/${logFile(log)}`);
		highest = Math.max(highest, bytes ? highestSequence(bytes) : 0);
	}
	const lost = highest - position.point.sequence;
	if (lost > 0 || stopped) {
		const text = `${Math.max(lost, 1)} saved changes after change ${position.point.sequence} cannot be read`;
		for (const log of [position.generation, ...(stopped ? beyond : [])]) {
			found.push({ file: logFile(log), lost: text });
		}
	} else if (!isUnfinishedWrite(rest)) {
		const text = `the last line, behind change ${position.point.sequence}, cannot be read`;
		found.push({ file: logFile(position.generation), lost: text });
	}
	return found;
}

async function loadOnce(context: Context): Promise<LoadedState> {
	const { files, folder, names, damage } = context;
	// What a clean closing noted tells of a tail that is missing without a trace. Read first: a living owner goes on.
	const closedAt = releasedAt((await newestClaim(ownerClaims(files, folder)))?.claim)?.point.sequence ?? 0;
	const { database, generation, point, snapshotBytes, salvaged } = await findBase(context);
	const start: LogPosition = { generation, offset: 0, point };
	const state: LoadedState = {
		database,
		position: start,
		newestGeneration: Math.max(0, ...logGenerations(names), ...snapshotGenerations(names)),
		snapshotGeneration: snapshotBytes === undefined || salvaged ? 0 : generation,
		snapshotBytes: snapshotBytes ?? 0,
		snapshotSequence: point.sequence,
		logBytes: 0,
		endsCleanly: false,
		isNew: hasNoStore(names),
		damage,
	};
	if (salvaged) {
		return state;
	}
	const advance = await readLog(files, folder, start);
	try {
		database.replay(advance.records);
	} catch (error) {
		database.close();
		throw error;
	}
	if (snapshotBytes !== undefined && !names.includes(logFile(generation))) {
		damage.push({
			file: logFile(generation),
			lost: `all changes after change ${point.sequence}: the file is missing`,
		});
	}
	damage.push(...(await logDamage(context, advance, closedAt)));
	return {
		...state,
		position: advance.position,
		newestGeneration: Math.max(state.newestGeneration, advance.bytes > 0 ? advance.position.generation : 0),
		logBytes: advance.bytes,
		endsCleanly: advance.rest.length === 0 && !advance.stopped,
	};
}

/**
 * Reads the newest state from disk: the newest valid snapshot, then its logs. Writes nothing. Damage never gives an
 * empty store without a word: it is named in `damage`.
 */
export async function loadState(
	files: DiskFiles,
	folder: string,
	sqlJs: SqlJsStatic,
	history = migrations,
): Promise<LoadedState> {
	for (;;) {
		const names = await files.list(folder);
		const state = await loadOnce({ files, folder, sqlJs, history, names, damage: [] });
		const after = new Set(await files.list(folder));
		if (names.filter(isStoreFile).every((name) => after.has(name))) {
			return state;
		}
		// The owner cleared a generation away while it was read here: what was read may lack anything.
		state.database.close();
	}
}

/** Applies what a reader has found behind the state's position. */
export function applyAdvance(state: LoadedState, { records, position, bytes, rest }: Advance): void {
	state.database.replay(records);
	state.position = position;
	if (position.offset > 0) {
		state.newestGeneration = Math.max(state.newestGeneration, position.generation);
	}
	state.logBytes += bytes;
	state.endsCleanly = rest.length === 0;
}

export interface StateAtPoint {
	database: Database;
	/** The snapshot that it began with; 0: none, the logs began with the empty database. */
	base: number;
	/** Newer snapshots that could not be used. */
	damage: FoundDamage[];
}

/**
 * The state after the transaction of `point`, with the same checks as `loadState`. Throws where the files do not lead
 * there in unbroken chain, or lead there with a statement that fails.
 */
export async function loadPoint(
	files: DiskFiles,
	folder: string,
	sqlJs: SqlJsStatic,
	point: LogPoint,
	history = migrations,
): Promise<StateAtPoint> {
	const context: Context = { files, folder, sqlJs, history, names: await files.list(folder), damage: [] };
	const { database, generation, point: start, snapshotBytes, salvaged } = await findBase(context);
	try {
		const { records } = await readLog(files, folder, { generation, offset: 0, point: start });
		const wanted = records.filter(({ seq }) => seq <= point.sequence);
		const last = wanted.at(-1);
		const reached: LogPoint = last ? { sequence: last.seq, crc: last.crc } : start;
		if (salvaged || reached.sequence !== point.sequence || reached.crc !== point.crc) {
			throw new Error(
				`they lead to change ${reached.sequence} instead of change ${point.sequence} as it was saved`,
			);
		}
		database.replay(wanted);
		return { database, base: snapshotBytes === undefined ? 0 : generation, damage: context.damage };
	} catch (error) {
		database.close();
		throw error;
	}
}

function isStoreFile(name: string): boolean {
	return /^(?:snapshot|log)-/.test(name) && !name.endsWith('.tmp');
}
