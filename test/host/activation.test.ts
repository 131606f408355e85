import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, Socket, type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';

/** Every network address that this extension host connects to, until `stop` is called. Local sockets do not count. */
function watchConnections(): { addresses: string[]; stop: () => void } {
	const addresses: string[] = [];
	// Called with the socket as `this`, below.
	// eslint-disable-next-line @typescript-eslint/unbound-method
	const connect = Socket.prototype.connect;
	Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
		const [first] = args.flat() as { host?: string; port?: number; path?: string }[];
		if (typeof first !== 'object' || typeof first.path !== 'string') {
			addresses.push(typeof first === 'object' ? `${first.host}:${first.port}` : String(first));
		}
		return Reflect.apply(connect, this, args) as Socket;
	};
	return { addresses, stop: () => (Socket.prototype.connect = connect) };
}

// Named so that it runs before the tests that activate the extension.
describe('activation', () => {
	const extension = vscode.extensions.getExtension<PromptWorkshopApi>('auspex.prompt-workshop');

	it('sends nothing anywhere, and neither do the views and lists that it fills [attack 15]', async () => {
		assert.ok(extension);
		assert.equal(extension.isActive, false, 'another test has activated the extension before');
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const watched = watchConnections();
		try {
			const api = await extension.activate();
			for (const view of ['drafts', 'library', 'topics', 'lab']) {
				await vscode.commands.executeCommand(`promptWorkshop.${view}.focus`);
			}
			await api.listDrafts();
			await api.listPrompts();
			assert.deepEqual(watched.addresses, []);
			// The watch does see a request.
			await fetch(`http://${own}`, { signal: AbortSignal.timeout(100) }).catch(() => undefined);
			assert.deepEqual(watched.addresses, [own]);
		} finally {
			watched.stop();
			server.close();
		}
	});
});
