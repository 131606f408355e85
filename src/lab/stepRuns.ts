import type { LabChange, LabStep } from '../common/labState.ts';
import { isOutput } from '../common/streamParts.ts';
import { turnEnd } from '../common/turnEnd.ts';
import type { RunRequest, SentRequest } from '../providers/provider.ts';
import { Run } from '../runs/run.ts';
import type { LabContext } from './labContext.ts';

/** Identifies an answer: its take and its index among the steps of that take. */
export interface StepPlace {
	take: string;
	step: number;
}

/** The running answers of a session, and the requests of all answers that it has run. */
export class StepRuns {
	readonly #context: Pick<LabContext, 'models'>;
	readonly #report: (change: LabChange) => void;
	/** Runs whose request was sent, by `take/step`. */
	readonly #sent = new Map<string, Run>();
	readonly #requests = new Map<string, readonly SentRequest[]>();

	/** `report` receives each change of a step. */
	constructor(context: Pick<LabContext, 'models'>, report: (change: LabChange) => void) {
		this.#context = context;
		this.#report = report;
	}

	/** Elapsed milliseconds of each running step, by `take/step`. */
	get running(): Record<string, number> {
		return Object.fromEntries([...this.#sent].map(([key, run]) => [key, run.elapsed()]));
	}

	/** The exact requests of one step, keys masked; empty if it was not run here. */
	requests(place: StepPlace): readonly SentRequest[] {
		return this.#requests.get(keyOf(place)) ?? [];
	}

	/** Runs one step that is already in the state and returns how it ended. */
	async run(place: StepPlace, request: Omit<RunRequest, 'signal'>, signal: AbortSignal): Promise<LabStep['status']> {
		const run = new Run({
			source: (runSignal) => this.#context.models().run({ ...request, signal: runSignal }),
			signal,
		});
		const key = keyOf(place);
		this.#requests.set(key, run.requests);
		run.onSent(() => {
			this.#sent.set(key, run);
			this.#report({ type: 'status', ...place, status: 'streaming' });
		});
		let hasOutput = false;
		run.onPart(({ part }) => {
			if (!hasOutput && isOutput(part)) {
				hasOutput = true;
				const firstPartMs = run.timeToFirstTokenMs ?? 0;
				this.#report({ type: 'status', ...place, status: 'streaming', firstPartMs });
			}
			this.#report({ type: 'part', ...place, part });
		});
		await run.finished;
		this.#sent.delete(key);
		const status = turnEnd(run.turn);
		this.#report({ type: 'status', ...place, status, durationMs: run.elapsed() });
		return status;
	}
}

function keyOf({ take, step }: StepPlace): string {
	return `${take}/${step}`;
}
