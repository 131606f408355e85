import { unlessAborted } from '../../../src/providers/unlessAborted.ts';
import type { Models, RunPart, RunRequest } from '../../../src/providers/provider.ts';

/** Models that answer each request with what a function makes of it: a text, parts, or an error that is thrown. */
export class AnsweringModels implements Models {
	readonly providers = [];
	readonly requests: RunRequest[] = [];
	/** Requests that are being answered now, and the most so far. */
	active = 0;
	mostActive = 0;
	price: Models['price'] = () => undefined;
	contextTokens: Models['contextTokens'] = () => undefined;
	nextSteps: Models['nextSteps'] = async () => undefined;
	readonly #answer: (request: RunRequest, number: number) => Promise<string | RunPart[]> | string | RunPart[];

	constructor(answer: (request: RunRequest, number: number) => Promise<string | RunPart[]> | string | RunPart[]) {
		this.#answer = answer;
	}

	isModel(model: string): boolean {
		return model !== 'own/guide';
	}

	async *run(request: RunRequest): AsyncGenerator<RunPart> {
		request.beforeSend?.();
		const number = this.requests.push(request) - 1;
		this.mostActive = Math.max(this.mostActive, ++this.active);
		try {
			yield {
				type: 'request',
				request: { method: 'POST', url: 'https://own', headers: {}, body: question(request) },
			};
			const answer = await unlessAborted(request.signal, Promise.resolve(this.#answer(request, number)));
			if (typeof answer !== 'string') {
				yield* answer;
				return;
			}
			yield { type: 'text', id: 't', text: answer };
			yield { type: 'usage', inputTokens: 10, outputTokens: 5, ...this.#cost(request.model) };
			yield { type: 'done', stopReason: 'stop' };
		} finally {
			this.active--;
		}
	}

	async list(): Promise<Awaited<ReturnType<Models['list']>>> {
		return [];
	}

	#cost(model: string): { costUsd?: number } {
		const price = this.price(model);
		return price ? { costUsd: (10 * price.input + 5 * price.output) / 1e6 } : {};
	}
}

/** The last message of a request. */
export function question({ messages }: Pick<RunRequest, 'messages'>): string {
	const content = messages.at(-1)?.content ?? [];
	return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
