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
	#waiting = new Map<vscode.TestItem | undefined, string>();

	constructor(run: Pick<vscode.TestRun, 'appendOutput'>, batches: Batches) {
		this.#run = run;
		this.#batches = batches;
	}

	/** Adds whole lines. `item` is the test that they are about. */
	append(text: string, item?: vscode.TestItem): void {
		if (this.#waiting.size === 0) {
			this.#batches.add(() => this.#flush());
		}
		this.#waiting.set(item, (this.#waiting.get(item) ?? '') + terminalLines(text));
	}

	/** One piece at a time, so that a batch with many tests can be interrupted. */
	#flush(): void {
		const waiting = this.#waiting;
		this.#waiting = new Map();
		let others = '';
		for (const [item, text] of waiting) {
			const pieces = item ? (this.#pieces.get(item) ?? 0) : maxPieces;
			if (!item || pieces >= maxPieces) {
				others += text;
			} else {
				this.#pieces.set(item, pieces + 1);
				this.#batches.add(() => this.#run.appendOutput(text, undefined, item));
			}
		}
		if (others !== '') {
			this.#batches.add(() => this.#run.appendOutput(others));
		}
	}
}
