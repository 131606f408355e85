import type { LabChange, LabStep } from '../common/labState.ts';
import { isOutput } from '../common/streamParts.ts';
import { turnEnd } from '../common/turnEnd.ts';
import type { RunRequest, SentRequest } from '../providers/provider.ts';
import { Run } from '../runs/run.ts';
import type { LabContext } from './labContext.ts';

/** Which answer: its take, and its number among the steps of that take. */
export interface StepPlace {
	take: string;
	step: number;
}

/** The answers of a session that are under way, and the requests of those that it has run. */
export class StepRuns {
	readonly #context: Pick<LabContext, 'models'>;
	readonly #tell: (change: LabChange) => void;
	/** Those whose request is sent, by `take/step`. */
	readonly #sent = new Map<string, Run>();
	readonly #requests = new Map<string, readonly SentRequest[]>();

	/** `tell` gets each change of a step. */
	constructor(context: Pick<LabContext, 'models'>, tell: (change: LabChange) => void) {
		this.#context = context;
		this.#tell = tell;
	}

	/** Milliseconds that each one under way has run, by `take/step`. */
	get running(): Record<string, number> {
		return Object.fromEntries([...this.#sent].map(([key, run]) => [key, run.elapsed()]));
	}

	/** The exact requests of one step, keys masked; empty where it was not run here. */
	requests(place: StepPlace): readonly SentRequest[] {
		return this.#requests.get(keyOf(place)) ?? [];
	}

	/** Runs one step, which is in the state already, and answers with how it ended. */
	async run(place: StepPlace, request: Omit<RunRequest, 'signal'>, signal: AbortSignal): Promise<LabStep['status']> {
		const run = new Run({ source: (either) => this.#context.models().run({ ...request, signal: either }), signal });
		const key = keyOf(place);
		this.#requests.set(key, run.requests);
		run.onSent(() => {
			this.#sent.set(key, run);
			this.#tell({ type: 'status', ...place, status: 'streaming' });
		});
		let begun = false;
		run.onPart(({ part }) => {
			if (!begun && isOutput(part)) {
				begun = true;
				const firstPartMs = run.timeToFirstTokenMs ?? 0;
				this.#tell({ type: 'status', ...place, status: 'streaming', firstPartMs });
			}
			this.#tell({ type: 'part', ...place, part });
		});
		await run.finished;
		this.#sent.delete(key);
		const status = turnEnd(run.turn);
		this.#tell({ type: 'status', ...place, status, durationMs: run.elapsed() });
		return status;
	}
}

function keyOf({ take, step }: StepPlace): string {
	return `${take}/${step}`;
}
