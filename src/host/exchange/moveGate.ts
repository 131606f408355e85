import * as vscode from 'vscode';
import type { FileLink } from '../../prompts/linkedFile.ts';

/** Milliseconds: what VS Code has announced and not done by then has failed, which it does not report. */
const patienceMs = 5_000;

/** Files and folders that are about to be renamed or deleted in VS Code. */
interface Move {
	/** Addresses. */
	from: readonly string[];
	ended: Promise<void>;
	end: () => void;
}

/**
 * Keeps writing a file apart from renaming and deleting it in VS Code: a file that is written while VS Code moves it would
 * be there twice, or not have the text. Moves wait for what is being written, and writing waits for moves.
 */
export class MoveGate implements vscode.Disposable {
	readonly #moves = new Set<Move>();
	readonly #passing = new Set<Promise<unknown>>();
	/** Of moves that ended. */
	#count = 0;
	readonly #listeners: vscode.Disposable;

	/** `onRenamed` is awaited before anything is written again. */
	constructor(
		onRenamed: (files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]) => Promise<void>,
		onFailed: (error: unknown) => void,
	) {
		this.#listeners = vscode.Disposable.from(
			vscode.workspace.onWillRenameFiles((event) => {
				this.#begin(event.files.map(({ oldUri }) => oldUri));
				event.waitUntil(this.#passed());
			}),
			vscode.workspace.onWillDeleteFiles((event) => {
				this.#begin(event.files);
				event.waitUntil(this.#passed());
			}),
			vscode.workspace.onDidRenameFiles(({ files }) => {
				onRenamed(files)
					.catch(onFailed)
					.finally(() => this.#end(files.map(({ oldUri }) => oldUri)));
			}),
			vscode.workspace.onDidDeleteFiles(({ files }) => this.#end(files)),
		);
	}

	/** Runs `use` with the link of a draft while its file is not moved. The link is read again after each move. */
	async pass<T>(
		read: () => Promise<FileLink | undefined>,
		use: (link: FileLink | undefined) => Promise<T>,
	): Promise<T> {
		for (;;) {
			const count = this.#count;
			const link = await read();
			const moves = [...this.#moves].filter(({ from }) => from.some((place) => isBelow(link?.uri, place)));
			if (moves.length > 0) {
				await Promise.all(moves.map((move) => this.#wait(move)));
			} else if (count === this.#count) {
				const passing = use(link);
				this.#passing.add(passing);
				try {
					return await passing;
				} finally {
					this.#passing.delete(passing);
				}
			}
		}
	}

	dispose(): void {
		this.#listeners.dispose();
		this.#moves.forEach(({ end }) => end());
	}

	#begin(uris: readonly vscode.Uri[]): void {
		let end = () => undefined as void;
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		this.#moves.add({ from: uris.map(String), ended, end });
	}

	#end(uris: readonly vscode.Uri[]): void {
		this.#count++;
		const key = uris.map(String).join('\n');
		for (const move of this.#moves) {
			if (move.from.join('\n') === key) {
				this.#moves.delete(move);
				move.end();
			}
		}
	}

	async #wait(move: Move): Promise<void> {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const patience = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, patienceMs);
		});
		await Promise.race([move.ended, patience]);
		clearTimeout(timer);
		this.#moves.delete(move);
	}

	/** Nothing of it may stop VS Code. */
	async #passed(): Promise<void> {
		await Promise.allSettled(this.#passing);
	}
}

/** Whether an address is that of a file, or of something in a folder. */
export function isBelow(address: string | undefined, place: string): address is string {
	return address === place || address?.startsWith(`${place}/`) === true;
}
