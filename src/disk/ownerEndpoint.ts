import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, lstat, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode } from './files.ts';
import type { Answer, Listener, OwnerPort, Question } from './ownerPort.ts';

/** The longest path that a Unix socket may have on macOS. */
const maxSocketPath = 103;
/** How much longer an owner may take after it has said that it is alive (it may be writing a snapshot). */
const aliveGraceMs = 15_000;

function bootId(): string {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
	} catch {
		// On other systems only the endpoint shows whether a window lives.
		return '';
	}
}

const socketName = 'owner.sock';
const folderStart = 'prompt-workshop-';

/** Where a window may listen, best first: the folder named by the environment may be missing or another user's. */
function candidateFolders(): string[] {
	return [process.env['XDG_RUNTIME_DIR'] ?? '', tmpdir(), '/tmp']
		.filter((folder) => folder !== '')
		.map((folder) => resolve(folder))
		.filter((folder) => Buffer.byteLength(join(folder, `${folderStart}XXXXXX`, socketName)) <= maxSocketPath);
}

/** Listens in the first folder that allows it. Rejects with the system's error when none does. */
async function listenInFirst(server: Server): Promise<string> {
	if (process.platform === 'win32') {
		return listenAt(server, `\\\\.\\pipe\\${folderStart}${randomUUID().slice(0, 13)}`);
	}
	let reason: unknown;
	for (const parent of candidateFolders()) {
		try {
			// The folder is private, so no other user can reach the socket in it, whatever its own permissions are.
			const folder = await mkdtemp(join(parent, folderStart));
			try {
				const address = await listenAt(server, join(folder, socketName));
				await chmod(address, 0o600);
				return address;
			} catch (error) {
				await rm(folder, { recursive: true, force: true });
				throw error;
			}
		} catch (error) {
			reason = error;
		}
	}
	throw reason;
}

async function listenAt(server: Server, address: string): Promise<string> {
	server.listen(address);
	await once(server, 'listening');
	return address;
}

/**
 * Whether `listen` could have made this address: a pipe on this machine, or a socket in a folder of this user. A claim is
 * a file, and whoever can write one must not be able to make this window connect to, or delete, something else.
 */
async function isOurs(address: string): Promise<boolean> {
	if (process.platform === 'win32') {
		return /^\\\\\.\\pipe\\prompt-workshop-[0-9a-f-]{13}$/.test(address);
	}
	const folder = dirname(address);
	if (
		resolve(address) !== address ||
		!/^prompt-workshop-\w{6}$/.test(basename(folder)) ||
		basename(address) !== socketName
	) {
		return false;
	}
	const [parent, socket] = await Promise.all([folder, address].map((path) => lstat(path).catch(() => undefined)));
	const isPrivate =
		!parent || (parent.isDirectory() && parent.uid === process.getuid?.() && (parent.mode & 0o077) === 0);
	return isPrivate && (!socket || socket.isSocket());
}

async function removeSocket(address: string): Promise<void> {
	await rm(address, { force: true });
	await rmdir(dirname(address));
}

/** One question per connection; the answers are lines: `alive` immediately, `released` or `dropped` at the end. */
function answer(socket: Socket, onAsked: () => Promise<boolean>): void {
	socket.on('error', () => socket.destroy());
	socket.setEncoding('utf8');
	socket.once('data', (question) => {
		if (String(question).startsWith('ping')) {
			socket.end('released\n');
			return;
		}
		socket.write('alive\n');
		onAsked().then(
			(released) => socket.end(released ? 'released\n' : 'dropped\n'),
			() => socket.destroy(),
		);
	});
}

async function listen(onAsked: () => Promise<boolean>): Promise<Listener> {
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		answer(socket, onAsked);
	});
	// A later connection could not be accepted: the window that asked will ask again.
	server.on('error', () => undefined);
	const address = await listenInFirst(server);
	server.unref();
	return {
		address,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			// Answers being sent are finished; connections that never asked anything are closed.
			for (const socket of sockets) {
				socket.destroySoon();
			}
			await closed;
			await (process.platform === 'win32' ? undefined : removeSocket(address).catch(() => undefined));
		},
	};
}

async function ask(address: string, question: Question, timeoutMs: number): Promise<Answer> {
	return (await isOurs(address)) ? askOurs(address, question, timeoutMs) : 'foreign';
}

function askOurs(address: string, question: Question, timeoutMs: number): Promise<Answer> {
	return new Promise((resolve) => {
		const socket = connect(address);
		let received = '';
		let timer: NodeJS.Timeout;
		const settle = (result: Answer) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(result);
		};
		timer = setTimeout(() => settle('silent'), timeoutMs);
		socket.setEncoding('utf8');
		socket.on('connect', () => socket.write(`${question}\n`));
		socket.on('data', (text) => {
			received += String(text);
			if (received.includes('released\n')) {
				settle('released');
			} else if (received.includes('dropped\n')) {
				settle('dropped');
			} else if (received.includes('alive\n')) {
				clearTimeout(timer);
				timer = setTimeout(() => settle('silent'), aliveGraceMs);
			}
		});
		socket.on('error', (error) => {
			const code = errorCode(error);
			if (code === 'ECONNREFUSED' && process.platform !== 'win32') {
				// A killed window left it behind.
				removeSocket(address).catch(() => undefined);
			}
			settle(code === 'ENOENT' || code === 'ECONNREFUSED' ? 'dead' : 'closed');
		});
		socket.on('close', () => settle('closed'));
	});
}

/** Unix sockets, and named pipes on Windows. */
export const ownerEndpoint: OwnerPort = { host: hostname(), boot: bootId(), listen, ask };
