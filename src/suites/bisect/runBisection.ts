import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { PromptReference, SuiteRunEvent, SuiteRunOptions } from '../../common/suiteModel.ts';
import { nextOfBisection, type BisectionOutcome, type VersionAnswers } from './bisection.ts';

export interface BisectionOptions {
	/** The case, of which each version is asked. */
	name: string;
	/** From old to new. */
	versions: readonly PromptReference[];
	/** Position of the version that is known as good. */
	good?: number;
	model: string;
	/** Of all runs together. */
	maxCostUsd?: number | undefined;
	maxCalls?: number | undefined;
	/** A version is asked; `answers` were given so far. */
	onStep?: (version: number, answers: number) => void;
}

/**
 * Searches for the first version at which a case fails; each question is an ordinary run. Rejects with the error of a run,
 * with `cancelled` if one was stopped, and with `validation` if the limits end the search: its runs are kept.
 */
export async function runBisection(
	run: (options: SuiteRunOptions) => AsyncIterable<SuiteRunEvent>,
	{ name, versions, good, model, maxCostUsd, maxCalls, onStep }: BisectionOptions,
): Promise<BisectionOutcome & { answers: number }> {
	const answers: VersionAnswers[] = versions.map(() => ({ passed: 0, failed: 0, errors: 0 }));
	let count = 0;
	let calls = 0;
	let spent = 0;
	for (;;) {
		const next = nextOfBisection({ answers, ...(good !== undefined && { good }) });
		if ('kind' in next) {
			return { ...next, answers: count };
		}
		const { version, repeat } = next;
		const [prompt, at] = [versions[version], answers[version]];
		if (prompt === undefined || !at) {
			throw new AppError('internal', `There is no version ${version}`);
		}
		if ((maxCalls !== undefined && calls >= maxCalls) || (maxCostUsd !== undefined && spent >= maxCostUsd)) {
			throw atLimit(undefined);
		}
		onStep?.(version, count);
		const events = run({
			variants: [{ prompt, model }],
			filter: { names: [name] },
			repeat,
			...(maxCalls !== undefined && { maxCalls: maxCalls - calls }),
			...(maxCostUsd !== undefined && { maxCostUsd: maxCostUsd - spent }),
		});
		for await (const event of events) {
			if (event.type === 'trial') {
				const { verdict } = event.trial;
				at[verdict === 'pass' ? 'passed' : verdict === 'fail' ? 'failed' : 'errors']++;
				count++;
			} else if (event.type === 'run') {
				calls += event.run.calls;
				spent += event.run.costUsd ?? 0;
				if (event.run.status === 'capped') {
					throw atLimit(event.run.reason);
				}
			} else if (event.type === 'done' && event.stopReason !== 'stop') {
				throw new AppError(
					event.stopReason === 'cancelled' ? 'cancelled' : (event.error?.code ?? 'internal'),
					event.error?.message ?? l10n.t('The run of a version ended before its answer'),
				);
			}
		}
	}
}

function atLimit(reason: string | undefined): AppError {
	const text = l10n.t('The search reached its limit before it found the version; its runs are kept');
	return new AppError('validation', reason === undefined ? text : `${text}. ${reason}`, {
		info: { field: 'maxCalls' },
	});
}
