import * as l10n from '@vscode/l10n';
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
	/** 0: no snapshot, the logs begin with the empty database. */
	snapshotGeneration: number;
	snapshotBytes: number;
	/** The last transaction that the snapshot contains. */
	snapshotSequence: number;
	/** Bytes of the logs since the snapshot. */
	logBytes: number;
	/** Nothing follows the last intact record of the last log. */
	endsCleanly: boolean;
	/** There were no files. */
	isNew: boolean;
	damage: FoundDamage[];
}

interface Base {
	database: Database;
	generation: number;
	point: LogPoint;
	/** `undefined`: the empty database. */
	snapshotBytes?: number;
	/** Not from a valid generation, so no logs can be applied to it. */
	salvaged?: true;
}

/** Opens bytes that SQLite can read and finds consistent, or returns what is wrong with them. */
function openChecked({ sqlJs, history }: Context, bytes: Uint8Array, room = 0): Database | string {
	let database: Database | undefined;
	try {
		database = new Database(sqlJs, bytes, room);
		// Checked first, before any trigger or view in the file could run.
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
	/** The known migrations, with which the schema of a snapshot is compared. */
	history: readonly (readonly string[])[];
	names: readonly string[];
	damage: FoundDamage[];
}

/** Bytes of the logs from this generation on; in half-full pages they can add twice as much to the database. */
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
			damage.push({ file, lost: l10n.t('nothing, an older snapshot and its log take its place ({0})', problem) });
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

/**
 * If no generation is valid: the newest snapshot that SQLite still accepts, or an empty database. The loss is always
 * reported in `damage`.
 */
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
		found.lost = l10n.t('what it held, no older snapshot takes its place');
	}
	// The chain of records is broken here; the next snapshot starts a new one.
	const point: LogPoint = { sequence, crc: emptyPoint.crc };
	for (const candidate of snapshotGenerations(names).reverse()) {
		const file = snapshotFile(candidate);
		const bytes = await files.read(`${folder}/${file}`);
		const database = bytes && bytes.length > 0 ? openChecked(context, bytes) : 'empty';
		if (typeof database === 'object') {
			damage.push({
				file,
				lost: l10n.t('its checksum is unknown or wrong, so its texts may be damaged; later changes are lost'),
			});
			return { database, generation, point, snapshotBytes: bytes?.length ?? 0, salvaged: true };
		}
	}
	damage.push({ file: logFile(logs[0] ?? 1), lost: l10n.t('everything in the store: no snapshot can be read') });
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

/** A crash can only leave a line without an end or with unwritten (zero) sectors. */
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
		lost: l10n.t('nothing (its first line)'),
	}));
	let highest = Math.max(closedAt, highestSequence(rest));
	const beyond = logGenerations(names).filter((log) => log > position.generation);
	for (const log of stopped ? beyond : []) {
		const bytes = await files.read(`${folder}/${logFile(log)}`);
		highest = Math.max(highest, bytes ? highestSequence(bytes) : 0);
	}
	const lost = highest - position.point.sequence;
	if (lost > 0 || stopped) {
		const { sequence } = position.point;
		const text =
			lost > 1
				? l10n.t('{0} saved changes after change {1} cannot be read', lost, sequence)
				: l10n.t('1 saved change after change {0} cannot be read', sequence);
		for (const log of [position.generation, ...(stopped ? beyond : [])]) {
			found.push({ file: logFile(log), lost: text });
		}
	} else if (!isUnfinishedWrite(rest)) {
		const text = l10n.t('the last line, after change {0}, cannot be read', position.point.sequence);
		found.push({ file: logFile(position.generation), lost: text });
	}
	return found;
}

async function loadOnce(context: Context): Promise<LoadedState> {
	const { files, folder, names, damage } = context;
	// The position noted by a clean close reveals a missing tail. It is read first, because a living owner goes on writing.
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
			lost: l10n.t('all changes after change {0}: the file is missing', point.sequence),
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
 * Reads the newest state from disk: the newest valid snapshot, then its logs. Writes nothing. Damage never silently
 * results in an empty store: it is reported in `damage`.
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
		// The owner removed a generation while it was read here: the state may be incomplete.
		state.database.close();
	}
}

/** Applies what a reader has found after the state's position. */
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
	/** The snapshot that it was built on; 0: none, the logs began with the empty database. */
	base: number;
	/** Newer snapshots that could not be used. */
	damage: FoundDamage[];
}

/**
 * The state after the transaction of `point`, with the same checks as `loadState`. Throws if the files do not lead there
 * in an unbroken chain, or if a statement on the way fails.
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
				l10n.t(
					'they lead to change {0} instead of change {1} as it was saved',
					reached.sequence,
					point.sequence,
				),
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
