import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
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
