import type { Judge } from './graders/grader.ts';

type Asked = Awaited<ReturnType<Judge['ask']>>;

/**
 * Verdicts about a pair of answers, which both variants ask for. The second gets what the first was told and pays nothing.
 * What failed is asked again.
 */
export class SharedVerdicts {
	readonly #known = new Map<string, Asked>();

	get size(): number {
		return this.#known.size;
	}

	/** A judge that asks another one only for what is not known yet. */
	judge(judge: Judge): Judge {
		return {
			ask: async (request) => {
				if (!request.isShared) {
					return judge.ask(request);
				}
				const { system, user, model, thinking } = request;
				const key = JSON.stringify([system, user, model, thinking]);
				const known = this.#known.get(key);
				if (known) {
					return { ...known, costUsd: 0 };
				}
				const asked = await judge.ask(request);
				this.#known.set(key, asked);
				return asked;
			},
		};
	}
}
