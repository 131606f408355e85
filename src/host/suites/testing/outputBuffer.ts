import type * as vscode from 'vscode';
import type { Batches } from './batches.ts';
import { terminalLines } from './runOutput.ts';

/** Pieces that VS Code keeps with a test, so that its output can be shown alone; more make its views slow. */
const maxPieces = 100;

/** The output of a run of VS Code, handed over in batches. */
export class OutputBuffer {
	readonly #run: Pick<vscode.TestRun, 'appendOutput'>;
	readonly #batches: Batches;
	readonly #pieces = new Map<vscode.TestItem, number>();
	#waiting: { text: string; item: vscode.TestItem | undefined }[] = [];

	constructor(run: Pick<vscode.TestRun, 'appendOutput'>, batches: Batches) {
		this.#run = run;
		this.#batches = batches;
	}

	/** Adds whole lines. `item` is the test that they are about. */
	append(text: string, item?: vscode.TestItem): void {
		if (this.#waiting.length === 0) {
			this.#batches.add(() => this.#flush());
		}
		const last = this.#waiting.at(-1);
		if (last && last.item === item) {
			last.text += terminalLines(text);
		} else {
			this.#waiting.push({ text: terminalLines(text), item });
		}
	}

	/** In their order, one piece at a time, so that a batch with many tests can be interrupted. */
	#flush(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const { text, item } of waiting) {
			const pieces = item ? (this.#pieces.get(item) ?? 0) : maxPieces;
			if (item && pieces < maxPieces) {
				this.#pieces.set(item, pieces + 1);
				this.#batches.add(() => this.#run.appendOutput(text, undefined, item));
			} else {
				this.#batches.add(() => this.#run.appendOutput(text));
			}
		}
	}
}
