import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { ownerEndpoint } from '../../../src/disk/ownerEndpoint.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';

describe('the endpoint of an owner', () => {
	const variable = 'XDG_RUNTIME_DIR';
	const before = process.env[variable];
	let folder: string;
	let remove: () => Promise<void>;

	beforeEach(async function () {
		if (process.platform === 'win32') {
			// A named pipe is in no folder.
			this.skip();
		}
		({ folder, remove } = await temporaryFolder());
	});
	afterEach(() => {
		if (before === undefined) {
			delete process.env[variable];
		} else {
			process.env[variable] = before;
		}
		return remove?.();
	});

	async function addressWith(runtimeFolder: string): Promise<string> {
		process.env[variable] = runtimeFolder;
		const listener = await ownerEndpoint.listen(() => Promise.resolve(true));
		try {
			assert.equal(await ownerEndpoint.ask(listener.address, 'handOver', 2000), 'released');
		} finally {
			await listener.close();
		}
		assert.equal(await ownerEndpoint.ask(listener.address, 'ping', 2000), 'dead');
		return listener.address;
	}

	it('is open to nobody else, from its first moment on [attack 23]', async () => {
		process.env[variable] = folder;
		const umask = process.umask(0);
		const seen = new Set<string>();
		// Whatever stands in the folder at any moment while the window begins to listen.
		const watcher = setInterval(() => {
			for (const name of readdirSync(folder)) {
				seen.add((statSync(join(folder, name)).mode & 0o077).toString(8));
			}
		});
		try {
			const listener = await ownerEndpoint.listen(() => Promise.resolve(true));
			const place = dirname(listener.address);
			assert.equal(dirname(place), folder);
			assert.deepEqual([statSync(place).mode & 0o777, statSync(listener.address).mode & 0o777], [0o700, 0o600]);
			await listener.close();
			assert.deepEqual(readdirSync(folder), []);
			assert.deepEqual(
				[...seen].filter((rights) => rights !== '0'),
				[],
			);
		} finally {
			clearInterval(watcher);
			process.umask(umask);
		}
	});

	it('is asked only where one of ours can be: nothing else is connected to or removed [attack 23]', async () => {
		const open = join(folder, 'prompt-workshop-abcdef');
		const own = join(folder, 'prompt-workshop-ghijkl');
		await mkdir(open, { mode: 0o755 });
		await mkdir(own, { mode: 0o700 });
		let connections = 0;
		const listenAt = async (address: string) => {
			const server = createServer(() => connections++).listen(address);
			await once(server, 'listening');
			return server;
		};
		const sockets = [join(folder, 'agent.sock'), join(open, 'owner.sock')];
		const servers = await Promise.all(sockets.map(listenAt));
		const files = [join(folder, 'precious'), join(own, 'owner.sock'), join(own, 'other.sock')];
		await Promise.all(files.map((file) => writeFile(file, 'precious')));
		for (const address of [...files, ...sockets, `${own}/../precious`, 'owner.sock', '']) {
			assert.equal(await ownerEndpoint.ask(address, 'handOver', 500), 'foreign', address);
		}
		await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
		assert.equal(connections, 0);
		assert.deepEqual(
			await Promise.all(files.map((file) => readFile(file, 'utf8'))),
			files.map(() => 'precious'),
		);
	});

	it('is in the runtime folder of the user', async () => {
		assert.ok((await addressWith(folder)).startsWith(folder));
	});

	it('is closed to everybody else, whatever files are made with by default [attack 23]', async () => {
		const umask = process.umask(0);
		process.env[variable] = folder;
		const listener = await ownerEndpoint.listen(() => Promise.resolve(true));
		try {
			const rights = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
			assert.equal(await rights(listener.address), '600');
			assert.equal(await rights(dirname(listener.address)), '700');
		} finally {
			process.umask(umask);
			await listener.close();
		}
	});

	it('is elsewhere when that folder is missing, or its path too long for a socket', async () => {
		for (const unusable of [join(folder, 'missing'), join(folder, 'x'.repeat(80)), '']) {
			const address = await addressWith(unusable);
			assert.ok(!address.startsWith(folder) && Buffer.byteLength(address) < 104, address);
		}
	});
});
