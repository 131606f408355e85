import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A window in a process of its own (child.ts, or another script of its kind), driven by lines. */
export class Window {
	static readonly #all = new Set<Window>();
	readonly lines: string[] = [];
	readonly #process: ChildProcess;
	readonly #exited: Promise<void>;
	#waiting: (() => void)[] = [];
	#read = 0;

	constructor(folder: string, label: string, halt = '', script = join(import.meta.dirname, 'child.ts')) {
		this.#process = spawn(process.execPath, ['--no-warnings', script, folder, label, halt], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		Window.#all.add(this);
		this.#exited = new Promise((resolve) => this.#process.once('close', () => resolve()));
		if (this.#process.stdout) {
			createInterface({ input: this.#process.stdout }).on('line', (line) => {
				this.lines.push(line);
				this.#wake();
			});
		}
		// A command to a window that was just killed has nobody to read it.
		this.#process.stdin?.on('error', () => undefined);
		void this.#exited.then(() => {
			Window.#all.delete(this);
			this.#wake();
		});
	}

	#wake(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		waiting.forEach((resume) => resume());
	}

	send(command: string): void {
		this.#process.stdin?.write(`${command}\n`);
	}

	/** The next line, from where the last wait ended, that matches. Rejects when it does not come in time. */
	async next(pattern: RegExp, timeoutMs = 20_000): Promise<string> {
		const deadline = performance.now() + timeoutMs;
		for (;;) {
			while (this.#read < this.lines.length) {
				const line = this.lines[this.#read++] ?? '';
				if (pattern.test(line)) {
					return line;
				}
			}
			const left = deadline - performance.now();
			if (left <= 0 || this.#process.exitCode !== null || this.#process.signalCode !== null) {
				throw new Error(`No ${String(pattern)} came; last lines: ${this.lines.slice(-5).join(' / ')}`);
			}
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, left);
				this.#waiting.push(() => {
					clearTimeout(timer);
					resolve();
				});
			});
		}
	}

	async ask(command: string, pattern: RegExp, timeoutMs?: number): Promise<string> {
		this.#read = this.lines.length;
		this.send(command);
		return this.next(pattern, timeoutMs);
	}

	signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
		this.#process.kill(signal);
	}

	/** Resolves when the process is gone and everything that it said has been read. */
	async kill(): Promise<void> {
		this.#process.kill('SIGKILL');
		await this.#exited;
	}

	static async killAll(): Promise<void> {
		await Promise.all([...Window.#all].map((window) => window.kill()));
	}
}
