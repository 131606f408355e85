import * as l10n from '@vscode/l10n';
import { cutText } from '../common/cutText.ts';
import type { Trial, Verdict } from '../common/suiteModel.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between two drawings of the line, and between two plain lines. */
const drawEvery = 100;
const lineEvery = 10_000;

/** How far a run is: one line that is drawn again on a terminal, and a plain line now and then elsewhere. */
export class Progress {
	readonly #terminal: Terminal;
	readonly #trials: number;
	readonly #counts: Record<Verdict, number> = { pass: 0, fail: 0, error: 0 };
	readonly #started: number;
	#done: number;
	#costUsd: number | null = 0;
	#last: number;
	#noted: string | undefined;

	/** `done` trials of an earlier part are not counted by verdict here. */
	constructor(terminal: Terminal, trials: number, done: number, now = performance.now()) {
		this.#terminal = terminal;
		this.#trials = trials;
		this.#done = done;
		this.#started = now;
		this.#last = terminal.isInteractive ? -Infinity : now;
	}

	add({ verdict, costUsd }: Pick<Trial, 'verdict' | 'costUsd'>, now = performance.now()): void {
		this.#done++;
		this.#counts[verdict]++;
		this.#costUsd = this.#costUsd === null || costUsd === null ? null : this.#costUsd + costUsd;
		if (now - this.#last >= (this.#terminal.isInteractive ? drawEvery : lineEvery)) {
			this.#last = now;
			const { isInteractive, err, columns } = this.#terminal;
			err(isInteractive ? `\r${this.#line(columns() - 1, now)}\u001b[K` : `${this.#line(200, now)}\n`);
		}
	}

	/** What the run waits for, as a line of its own. */
	note(text: string | undefined): void {
		if (text !== undefined && text !== this.#noted) {
			this.#noted = text;
			this.end();
			this.#terminal.err(`${text}\n`);
		}
	}

	/** Removes the line, so that results do not stand beside it. */
	end(): void {
		if (this.#terminal.isInteractive) {
			this.#terminal.err('\r\u001b[K');
		}
	}

	/** What fits, the most important first: how far, what failed, what it costs, how long it still takes. */
	#line(width: number, now: number): string {
		const { pass, fail, error } = this.#counts;
		const left = this.#trials - this.#done;
		const rate = (pass + fail + error) / Math.max(1, now - this.#started);
		const parts = [
			`${this.#done}/${this.#trials}`,
			...(fail > 0 ? [l10n.t('{0} failed', fail)] : []),
			...(error > 0 ? [error === 1 ? l10n.t('1 error') : l10n.t('{0} errors', error)] : []),
			...(this.#costUsd ? [`$${this.#costUsd.toFixed(2)}`] : []),
			...(left > 0 && rate > 0 ? [l10n.t('{0} left', duration(left / rate))] : []),
		];
		let text = parts[0] ?? '';
		for (const part of parts.slice(1)) {
			text = text.length + part.length + 2 <= width ? `${text}, ${part}` : text;
		}
		const bar = width - text.length - 3;
		const filled = Math.round((this.#done / Math.max(1, this.#trials)) * Math.min(bar, 30));
		return bar < 8
			? cutText(text, Math.max(0, width))
			: `[${'#'.repeat(filled)}${'.'.repeat(Math.min(bar, 30) - filled)}] ${text}`;
	}
}

function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
