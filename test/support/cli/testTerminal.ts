import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../src/cli/runCli.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

export interface Ended {
	code: number;
	out: string;
	err: string;
}

/** A folder in which command lines are run in this process. */
export class CliFolder {
	readonly path: string;

	private constructor(path: string) {
		this.path = path;
	}

	static async make(files: Record<string, string> = {}): Promise<CliFolder> {
		const folder = new CliFolder(await mkdtemp(join(tmpdir(), 'cli-')));
		await folder.write(files);
		return folder;
	}

	async write(files: Record<string, string>): Promise<void> {
		for (const [name, text] of Object.entries(files)) {
			await writeFile(join(this.path, name), text);
		}
	}

	/** Runs a command line whose arguments are separated by spaces, or given one by one. `onError` sees what is printed as it comes. */
	async run(
		line: string | readonly string[],
		changes: Partial<Terminal> = {},
		onError: (text: string) => void = () => undefined,
	): Promise<Ended> {
		let out = '';
		let err = '';
		const terminal: Terminal = {
			out: (text) => void (out += text),
			err(text) {
				err += text;
				onError(text);
			},
			isInteractive: false,
			columns: () => 80,
			colours: { out: false, err: false },
			environment: {},
			folder: this.path,
			signal: new AbortController().signal,
			...changes,
		};
		const code = await runCli(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, terminal, '1.2.3');
		return { code, out, err };
	}

	remove(): Promise<void> {
		return rm(this.path, { recursive: true, force: true });
	}
}

/** A providers file with the wire server's Chat Completions as the provider `local`. */
export function providersFile(baseUrl: string): string {
	return JSON.stringify([{ id: 'local', kind: 'openai-compatible', baseUrl }]);
}

/** A suite of so many cases that ask `local/m`; the answer must contain "Hello". */
export function suiteText(cases: number, more = ''): string {
	const list = Array.from({ length: cases }, (_, index) => `  - { name: c${index}, query: "Question ${index}?" }`);
	return `prompt: file:prompt.md\nmodels: local/m\ndefaults: { assert: [{ type: contains, value: Hello }] }\ncases:\n${list.join('\n')}\n${more}`;
}
