import * as l10n from '@vscode/l10n';
import { AppError, toAppError } from '../../common/errors.ts';
import { errorPart } from '../../common/errorPart.ts';
import { foldParts } from '../../common/foldParts.ts';
import type { StreamPart } from '../../common/streamParts.ts';
import type { Turn, Usage } from '../../common/turn.ts';
import { providerFault, readErrorBody, type RequestTarget } from '../faults.ts';
import type { ModelPart } from '../provider.ts';
import { ProviderErrorEvent, type StreamReader } from '../streamReader.ts';

/** A turn that ended in an error. */
export function failedTurn(error: AppError): Turn {
	return foldParts([errorPart(error), { type: 'done', stopReason: 'error' }]);
}

/** A result of which the provider says that the request was refused or failed. */
export function erroredTurn(target: RequestTarget, body: unknown, status?: number): Turn {
	const error = readErrorBody(body, JSON.stringify(body) ?? '');
	return failedTurn(providerFault(target, { ...error, ...(status !== undefined && { status }) }));
}

export function expiredTurn(target: RequestTarget, hours: number): Turn {
	const message = l10n.t(
		'{0} did not get to this request within the {1} hours of its batch. Resume the run to ask again.',
		target.label,
		hours,
	);
	return failedTurn(new AppError('overloaded', message, { info: { retryable: true, provider: target.id } }));
}

export function cancelledTurn(target: RequestTarget): Turn {
	const message = l10n.t(
		'The batch was cancelled before {0} got to this request. Resume the run to ask again.',
		target.label,
	);
	return failedTurn(new AppError('cancelled', message, { info: { retryable: true, provider: target.id } }));
}

/** The turn of a complete answer, as the reader of its API reads it; the turn of an error if it is none. */
export function answeredTurn(
	target: RequestTarget,
	reader: StreamReader,
	document: unknown,
	costOf: (answered: string, usage: Usage) => number | undefined,
): Turn {
	const parts: StreamPart[] = [];
	let answered = target.model;
	const emit = (part: ModelPart) => {
		if (part.type === 'answered') {
			answered = part.model;
			parts.push({ ...part, model: `${target.id}/${part.model}` });
		} else if (part.type !== 'native' && part.type !== 'request') {
			parts.push(part);
		}
	};
	try {
		const ending = reader.readDocument(document, emit) ? reader.end(true, emit) : undefined;
		if (!ending) {
			const message = l10n.t(
				'{0} sent a result for {1} that is no answer. Resume the run to ask again.',
				target.label,
				target.model,
			);
			return failedTurn(new AppError('bad-response', message, { info: { retryable: true } }));
		}
		const { stopReason, notice, usage } = ending;
		if (usage) {
			const costUsd = costOf(answered, usage);
			parts.push({ type: 'usage', ...usage, ...(costUsd !== undefined && { costUsd }) });
		}
		parts.push({ type: 'done', stopReason, ...(notice !== undefined && { notice }) });
		return foldParts(parts);
	} catch (error) {
		return error instanceof ProviderErrorEvent ? erroredTurn(target, error.body) : failedTurn(toAppError(error));
	}
}
