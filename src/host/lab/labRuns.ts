import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Fixture } from '../../common/api.ts';
import type { LabState } from '../../common/labState.ts';
import { nodeFiles } from '../../disk/nodeFiles.ts';
import { placeFile } from '../../disk/placeFile.ts';
import { SerialQueue } from '../../common/serialQueue.ts';
import { reviveLabState } from '../../lab/reviveState.ts';

/** Maximum bytes of one run, and of all runs together. */
const maxBytes = 20 * 1024 * 1024;
const formatVersion = 1;

interface SavedRun {
	version: number;
	state: LabState;
}

function digest(text: string, length: number): string {
	return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * Saves unfinished Lab runs as files in the extension's own storage, one for each content of a fixture. No database is
 * involved.
 */
export class LabRuns {
	readonly #folder: string;
	/** A loaded fixture never changes, and hashing a large one takes time. */
	readonly #names = new WeakMap<Fixture, string>();
	/** Serialises saves, so that an older state never replaces a newer one. */
	readonly #queue = new SerialQueue();

	constructor(folder: string) {
		this.#folder = folder;
	}

	#file(fixture: Fixture): string {
		let name = this.#names.get(fixture);
		if (name === undefined) {
			name = `${namePrefix(fixture)}${digest(JSON.stringify(fixture), 32)}.json`;
			this.#names.set(fixture, name);
		}
		return join(this.#folder, name);
	}

	/** Whether a run of any content of this fixture was saved. */
	async #has(fixture: Fixture): Promise<boolean> {
		const start = namePrefix(fixture);
		try {
			return (await readdir(this.#folder)).some((name) => name.startsWith(start));
		} catch (error) {
			if (isMissing(error)) {
				return false;
			}
			throw error;
		}
	}

	/** The saved run of a fixture, with running answers marked as interrupted; `undefined` if there is none. */
	async load(fixture: Fixture): Promise<LabState | undefined> {
		if (!(await this.#has(fixture))) {
			return undefined;
		}
		let text: string;
		try {
			text = await readFile(this.#file(fixture), 'utf8');
		} catch (error) {
			if (isMissing(error)) {
				return undefined;
			}
			throw error;
		}
		let run: Partial<SavedRun>;
		try {
			run = JSON.parse(text) as Partial<SavedRun>;
		} catch {
			// The file is damaged, so the fixture opens without a run.
			return undefined;
		}
		return run.version === formatVersion && run.state ? reviveLabState({ ...run.state, fixture }) : undefined;
	}

	/**
	 * Atomically replaces the saved run of the state's fixture. The oldest takes are dropped if it would be too large.
	 */
	async save(state: LabState): Promise<void> {
		return this.#queue.run(async () => {
			await nodeFiles.createFolder(this.#folder);
			const file = this.#file(state.fixture);
			await placeFile(nodeFiles, this.#folder, basename(file), new TextEncoder().encode(serialise(state)));
			await this.#prune(file);
		});
	}

	async remove(fixture: Fixture): Promise<void> {
		return this.#queue.run(() => rm(this.#file(fixture), { force: true }));
	}

	/** Deletes the oldest files until the folder is below its limit. */
	async #prune(keep: string): Promise<void> {
		const files = await Promise.all(
			(await readdir(this.#folder)).map(async (name) => {
				const path = join(this.#folder, name);
				const { size, mtimeMs } = await stat(path);
				return { path, size, mtimeMs };
			}),
		);
		let total = files.reduce((sum, { size }) => sum + size, 0);
		for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
			if (total > maxBytes && path !== keep) {
				await rm(path, { force: true });
				total -= size;
			}
		}
	}
}

function namePrefix({ id }: Fixture): string {
	return digest(id, 8);
}

function isMissing(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function serialise(state: LabState): string {
	for (let takes = state.takes; ; takes = takes.slice(Math.ceil(takes.length / 2))) {
		const text = JSON.stringify({ version: formatVersion, state: { ...state, fixture: undefined, takes } });
		if (Buffer.byteLength(text) <= maxBytes || takes.length === 0) {
			return text;
		}
	}
}
