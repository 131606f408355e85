import * as l10n from '@vscode/l10n';
import { endOnce } from '../common/endOnce.ts';
import { AppError, toAppError } from '../common/errors.ts';
import type { ModelPart, ModelProvider, ModelRequest } from '../providers/provider.ts';
import { toParts, type Piece } from './reply.ts';

/** The only model of the guide's provider, without the provider's id. */
export const guideName = 'guide';

/**
 * The built-in guide: not a language model but fixed rules, for a machine without a key. Its role depends on the purpose: it
 * asks and composes (`design`), searches and quotes (`test`) or quotes the conversation (`lab`); it refuses to `score`. Equal
 * requests get equal answers.
 */
export function createGuideProvider(id: string): ModelProvider {
	return {
		id,
		kind: 'offline',
		stream: (request) => endOnce(() => stream(id, request), request.signal),
		async nextSteps(messages) {
			const { nextSteps } = await import('./design.ts');
			return nextSteps(messages);
		},
		async listModels() {
			return [
				{
					id: `${id}/${guideName}`,
					name: 'Built-in guide',
					detail: 'not a language model: asks, composes and quotes by fixed rules, offline and without a key',
				},
			];
		},
	};
}

async function* stream(provider: string, request: ModelRequest): AsyncGenerator<ModelPart> {
	const { signal, ...given } = request;
	yield {
		type: 'request',
		request: { method: 'LOCAL', url: `${provider}:${request.model}`, headers: {}, body: JSON.stringify(given) },
	};
	try {
		for (const part of refusal(provider, request) ?? (await answer(request))) {
			// Waits one turn of the event loop, so that a Stop is noticed.
			await new Promise<void>((resolve) => setImmediate(resolve));
			if (signal.aborted) {
				return;
			}
			yield part;
		}
	} catch (thrown) {
		const { code, message } = toAppError(thrown);
		throw new AppError(code, l10n.t('The built-in guide failed: {0}', message), { cause: thrown });
	}
}

/** The answer for the request's purpose; each part of the guide is loaded when it is first needed. */
async function answer(request: ModelRequest): Promise<Iterable<ModelPart>> {
	let pieces: Iterable<Piece>;
	let round = 1;
	switch (request.purpose) {
		case 'design': {
			const { assistDesign } = await import('./design.ts');
			pieces = assistDesign(request);
			break;
		}
		case 'test': {
			const { answerTest, roundOf } = await import('./research.ts');
			pieces = answerTest(request);
			round = roundOf(request.messages);
			break;
		}
		case 'lab':
		case 'score': {
			const { answerInLab } = await import('./lab.ts');
			pieces = answerInLab(request);
		}
	}
	return toParts(pieces, round, request.thinking !== 'off');
}

function refusal(provider: string, request: ModelRequest): ModelPart[] | undefined {
	let message: string | undefined;
	if (request.model !== guideName) {
		message = `${provider} has one model, "${guideName}", and not "${request.model}". Choose another model`;
	} else if (request.purpose === 'score') {
		message = 'Scoring needs a language model: the built-in guide cannot judge an answer. Choose another model';
	}
	return message === undefined
		? undefined
		: [
				{ type: 'error', code: 'validation', message, retryable: false },
				{ type: 'done', stopReason: 'error' },
			];
}
