import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { projectRoot } from './projectRoot.ts';
import type { ServerOptions } from './server.ts';

/**
 * Runs commands and API members inside a window that a ui test looks at, and says who is signed in there. The extension
 * test/support/testDriver does it: start the server with `testDriverOptions`.
 */
export class TestDriver {
	readonly #file: string;

	constructor(file: string) {
		this.#file = file;
	}

	/** Forgets the window that was opened before; the next call waits for the window that is opened now. */
	async forget(): Promise<void> {
		await rm(this.#file, { force: true });
	}

	/** What the command answers: undefined where it refused. */
	command(id: string, ...parameters: unknown[]): Promise<unknown> {
		return this.#call({ action: 'command', id, parameters });
	}

	/** What the member answers, all parts of a stream; rejects with the member's message. */
	api(member: string, ...parameters: unknown[]): Promise<unknown> {
		return this.#call({ action: 'api', member, parameters });
	}

	/** As `api`, with a signal in the member's options, which are its last parameter, until `abort`. */
	abortable(member: string, ...parameters: unknown[]): Promise<unknown> {
		return this.#call({ action: 'api', member, parameters, abortable: true });
	}

	async abort(): Promise<void> {
		await this.#call({ action: 'abort' });
	}

	/** Sets a user setting; undefined takes it back. */
	async configure(key: string, value: unknown): Promise<void> {
		await this.#call({ action: 'configure', key, value });
	}

	async accounts(labels: readonly string[], { fails = false } = {}): Promise<void> {
		await this.#call({ action: 'accounts', labels, fails });
	}

	async #call(request: unknown): Promise<unknown> {
		const response = await fetch(`http://127.0.0.1:${await this.#port()}`, {
			method: 'POST',
			body: JSON.stringify(request),
		});
		const { result, error } = (await response.json()) as { result?: unknown; error?: string };
		if (error !== undefined) {
			throw new Error(error);
		}
		return result;
	}

	async #port(): Promise<number> {
		return eventually(async () => {
			const port = Number(await readFile(this.#file, 'utf8').catch(() => ''));
			assert.ok(port > 0, 'The test driver did not start.');
			return port;
		}, 60_000);
	}
}

/** Options of a server whose windows the driver works in. `file`: does not exist yet. */
export function testDriverOptions(file: string): Pick<ServerOptions, 'extensionFolders' | 'env'> {
	return {
		extensionFolders: [join(projectRoot, 'test', 'support', 'testDriver')],
		env: { TEST_DRIVER_FILE: file },
	};
}
