import { AppError, throwIfAborted } from '../common/errors.ts';
import type { Turn } from '../common/turn.ts';
import type { Models, RunRequest } from '../providers/provider.ts';
import { Run } from './run.ts';

export interface StructuredQuestion extends Pick<
	RunRequest,
	'model' | 'system' | 'thinking' | 'maxTokens' | 'purpose' | 'beforeSend'
> {
	question: string;
	responseSchema: NonNullable<RunRequest['responseSchema']>;
	signal?: AbortSignal | undefined;
}

/** Asks one question whose answer is JSON of a schema. Rejects with the error of the call, and with `cancelled`. */
export async function askStructured(
	models: Pick<Models, 'run'>,
	{ question, signal, ...request }: StructuredQuestion,
): Promise<Turn> {
	const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: question }] }];
	const run = new Run({ source: (runSignal) => models.run({ ...request, messages, signal: runSignal }), signal });
	await run.finished;
	throwIfAborted(signal);
	const { turn } = run;
	if (turn.error) {
		const { code, message, retryable, detail } = turn.error;
		throw new AppError(code, message, { info: { retryable, ...(detail !== undefined && { detail }) } });
	}
	return turn;
}

/** Reads an answer that is JSON, alone or in a fenced block. Throws a `SyntaxError` for anything else. */
export function parseJsonAnswer(answer: string): unknown {
	const trimmed = answer.trim();
	const isFenced = trimmed.startsWith('```') && trimmed.endsWith('```');
	return JSON.parse(isFenced ? trimmed.slice(trimmed.indexOf('\n') + 1, -3) : trimmed) as unknown;
}
