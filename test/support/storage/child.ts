import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SnapshotBuilder } from '../../../src/storage/buildSnapshot.ts';
import { type OpenFile, type DiskFiles, errorCode } from '../../../src/disk/files.ts';
import type { OwnerPort } from '../../../src/disk/ownerPort.ts';
import { fuzzSeed, randomNumbers } from '../random.ts';
import { sleep } from '../sleep.ts';
import { loadStorage } from './shipped.ts';
import { loadSqlJs, loadWasm } from './sql.ts';

/**
 * A window as a process of its own: `node child.ts <folder> <label> [<phase>:<n>]`. It reads commands from its
 * standard input and answers in lines. With a phase it stops itself at the n-th time that it is inside it.
 */
const [folder = '', label = '', halt = ''] = process.argv.slice(2);
const [haltPhase, haltCount = '1'] = halt.split(':');
let left = Number(haltCount);
/** Windows of one test have moments of their own. */
const random = randomNumbers(fuzzSeed + Number(label.replace(/\D/g, '')));
/** So long does a small snapshot take, with its thread. */
const builderMs = 120;

function say(line: string): void {
	let rest = new TextEncoder().encode(`${line}\n`);
	while (rest.length > 0) {
		try {
			rest = rest.subarray(writeSync(1, rest));
		} catch (error) {
			// A process that has started a thread does not wait any more for a pipe that is full.
			if (errorCode(error) !== 'EAGAIN') {
				throw error;
			}
		}
	}
}

function stop(): void {
	if (process.platform === 'win32') {
		// No signal stops a process there: only its JavaScript stands still, until it is killed.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
	} else {
		process.kill(process.pid, 'SIGSTOP');
	}
}

function passing(phase: string): void {
	if (phase === haltPhase && --left === 0) {
		say(`halted ${phase}`);
		stop();
	}
}

async function inside<T>(phase: string, work: () => Promise<T>): Promise<T> {
	say(`enter ${phase}`);
	try {
		return await work();
	} finally {
		say(`leave ${phase}`);
	}
}

/** Reports when an operation belongs to a phase that the tests count, and halts inside it when asked to. */
function watchedFiles(files: DiskFiles): DiskFiles {
	const isCheckpoint = (path: string) => /snapshot-\d+\.(?:db|json)|log-\d+\.jsonl\..*tmp/.test(path);
	const watch = <T>(path: string, work: () => Promise<T>): Promise<T> => {
		if (!isCheckpoint(path)) {
			return work();
		}
		return inside('checkpoint', () => {
			passing('checkpoint');
			return work();
		});
	};
	const logFile = (file: OpenFile): OpenFile => ({
		write: (bytes, position) =>
			inside('append', async () => {
				const halts = haltPhase === 'append' && left === 1;
				const written = await file.write(halts ? bytes.subarray(0, bytes.length / 2) : bytes, position);
				passing('append');
				return written;
			}),
		sync: () =>
			inside('sync', async () => {
				passing('sync');
				await file.sync();
				passing('acknowledge');
			}),
		read: (position, length) => file.read(position, length),
		truncate: (size) => file.truncate(size),
		close: () => file.close(),
	});
	return {
		...files,
		async open(path, mode) {
			const file = await watch(path, () => files.open(path, mode));
			return mode === 'update' && path.endsWith('.jsonl') ? logFile(file) : file;
		},
		rename: (from, to) => watch(to, () => files.rename(from, to)),
		remove: (path) => watch(path, () => files.remove(path)),
	};
}

function watchedOwners(owners: OwnerPort): OwnerPort {
	return {
		host: owners.host,
		boot: owners.boot,
		listen: (onAsked) =>
			owners.listen(() =>
				inside('hand-over', () => {
					passing('hand-over');
					return onAsked();
				}),
			),
		ask: (address, question, timeoutMs) =>
			inside('hand-over', () => {
				passing('hand-over');
				return owners.ask(address, question, timeoutMs);
			}),
	};
}

/** The worker's files are out of sight: a halt comes at a random moment of its work. */
function watchedBuilder(build: SnapshotBuilder): SnapshotBuilder {
	return (request) =>
		inside('checkpoint', async () => {
			const building = build(request);
			await Promise.race([building, sleep(random() * builderMs, 'a moment by chance')]);
			passing('checkpoint');
			return building;
		});
}

/** Its length differs from attempt to attempt, and it tells when half of it is missing. */
function textOf(attempt: string): string {
	return `${attempt}|`.repeat(20 + (attempt.length % 7) * 10);
}

const { openStore, nodeFiles, ownerEndpoint, snapshotWorker } = await loadStorage();
const store = await openStore({
	folder,
	initSqlJs: loadSqlJs,
	files: watchedFiles(nodeFiles),
	buildSnapshot: watchedBuilder(snapshotWorker(loadWasm)),
	owners: watchedOwners(ownerEndpoint),
	now: () => new Date(),
	seed: { name: 'auspex_default', title: 'Default', content: 'You are Auspex.', description: 'Default' },
});

async function write(attempt: string): Promise<void> {
	say(`try ${attempt}`);
	try {
		const now = new Date().toISOString();
		await store.write(({ drafts }) => drafts.create({ draftName: attempt, draftContent: textOf(attempt), now }));
		say(`ack ${attempt}`);
	} catch (error) {
		say(`fail ${attempt} ${error instanceof Error ? error.message : String(error)}`);
	}
}

async function writeOn(): Promise<void> {
	for (let count = 1; ; count++) {
		await write(`${label}.${count}`);
		if (count % 12 === 0) {
			// Beside the next writes.
			store.checkpoint().catch((error: unknown) => say(`fail checkpoint ${String(error)}`));
		}
		await sleep(1, 'its input is read between two writes');
	}
}

async function obey(command: string, argument: string): Promise<void> {
	switch (command) {
		case 'write':
			return write(argument);
		case 'write-on':
			return writeOn();
		case 'read': {
			const names = await store.read(({ drafts }) => drafts.list().map(({ draftName }) => draftName));
			return say(`read ${names.reverse().join(',')}`);
		}
		case 'status': {
			const { mode, ownerSilent, damage } = store.status;
			return say(`status ${mode}${ownerSilent ? ' silent' : ''}${damage.length > 0 ? ' damaged' : ''}`);
		}
		case 'fence':
			await store.fence();
			return say('fenced');
		case 'close':
			await store.close();
			say('closed');
			return process.exit(0);
	}
}

store.onDidChange(({ drafts }) => say(`change ${drafts.join(',')}`));
say(`ready ${store.status.mode}`);
createInterface({ input: process.stdin }).on('line', (line) => {
	const [command = '', ...rest] = line.split(' ');
	obey(command, rest.join(' ')).catch((error: unknown) => say(`fail ${command} ${String(error)}`));
});
