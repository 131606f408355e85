import type { ModelPart, Models, RunPart, RunRequest } from '../../../src/providers/provider.ts';

/** One step of a script: a part that is yielded, or something that is awaited first. */
export type ScriptStep = ModelPart | RunPart | (() => Promise<unknown>);

/** Models whose answers a test wrote; every request is recorded. A script is used up by one run. */
export class ScriptedModels implements Models {
	readonly providers = [];
	readonly requests: RunRequest[] = [];
	price: Models['price'] = () => undefined;
	contextTokens: Models['contextTokens'] = () => undefined;
	nextSteps: Models['nextSteps'] = async () => undefined;
	readonly #scripts: ScriptStep[][] = [];

	isModel(model: string): boolean {
		return model !== 'own/guide';
	}

	answer(...steps: ScriptStep[]): void {
		this.#scripts.push(steps);
	}

	/** A plain complete answer. */
	says(text: string, ...before: ScriptStep[]): void {
		this.answer(...before, { type: 'text', id: 't', text }, { type: 'done', stopReason: 'stop' });
	}

	async *run(request: RunRequest): AsyncGenerator<RunPart> {
		this.requests.push(request);
		const script = this.#scripts.shift();
		if (!script) {
			throw new Error('No scripted answer is left');
		}
		for (const step of script) {
			if (typeof step === 'function') {
				await Promise.race([step(), aborted(request.signal)]);
			} else {
				yield step;
			}
			if (request.signal.aborted) {
				yield { type: 'done', stopReason: 'cancelled' };
				return;
			}
		}
	}

	async list(): Promise<Awaited<ReturnType<Models['list']>>> {
		return [];
	}
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) {
			resolve();
		}
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
