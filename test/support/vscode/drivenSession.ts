import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireServer } from '../wire/wireServer.ts';
import type { ServerOptions } from './server.ts';
import { TestDriver, testDriverOptions } from './testDriver.ts';
import { startUiSession, type UiSession } from './uiSession.ts';

/** A session whose windows the test drives, with the provider `local` on a wire server and the built-in guide. */
export interface DrivenSession {
	wire: WireServer;
	driver: TestDriver;
	session: UiSession;
	/** Empty, for files of the test. */
	folder: string;
	/** Runs a command of the extension by its id without prefix. */
	run: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	close(): Promise<void>;
}

export async function startDrivenSession({
	settings,
	env,
	extensionFolders = [],
	...options
}: Partial<ServerOptions> = {}): Promise<DrivenSession> {
	const wire = await WireServer.start();
	const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-driven-'));
	const file = join(folder, 'driver');
	const driver = new TestDriver(file);
	const driving = testDriverOptions(file);
	const session = await startUiSession({
		...options,
		extensionFolders: [...extensionFolders, ...(driving.extensionFolders ?? [])],
		env: { ...env, ...driving.env },
		settings: {
			'promptWorkshop.providers': [
				{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
				{ id: 'offline', kind: 'offline' },
			],
			...settings,
		},
	});
	return {
		wire,
		driver,
		session,
		folder,
		run: (id, ...parameters) => driver.command(`promptWorkshop.${id}`, ...parameters),
		close: async () => {
			await session.close();
			await wire.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
