import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { GraderContext, Judge, RenderedAssertion } from '../graders/grader.ts';

type Question = Omit<Parameters<Judge['ask']>[0], 'model' | 'thinking' | 'signal'>;

/** Asks the judge of an assertion, or that of the run. Rejects with `validation` if no judge may be asked. */
export async function askJudge(
	{ provider, type }: RenderedAssertion,
	{ judge, signal }: GraderContext,
	question: Question,
): ReturnType<Judge['ask']> {
	if (!judge) {
		throw new AppError('validation', l10n.t('"{0}" needs a judge. Choose a language model as the judge', type), {
			info: { field: 'judgeModel' },
		});
	}
	return await judge.ask({ ...question, ...(provider !== undefined && { model: provider }), signal });
}

/** An object of a judge; undefined for any other JSON. */
export function judgeObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
}

/** The reason that a judge gave. */
export function judgeReason(value: unknown): string {
	const reason = judgeObject(value)?.reason;
	return typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : l10n.t('The judge gave no reason');
}
