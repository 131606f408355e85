import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { SuiteRunOptions } from '../common/suiteModel.ts';
import { latestTrials } from './latestTrials.ts';
import type { CaseSelection } from './cases/caseSelection.ts';
import type { SuiteContext } from './suiteContext.ts';

type Filter = NonNullable<SuiteRunOptions['filter']>;

/**
 * The cases that a filter lets through: all parts of it count. Rejects with `not-found` if it names a case or run that does
 * not exist, or if nothing is left.
 */
export async function chooseCases(
	context: Pick<SuiteContext, 'records' | 'files'>,
	suite: string,
	cases: CaseSelection,
	{ tags, names, failedFrom }: Filter = {},
): Promise<CaseSelection> {
	if (names) {
		const unknown = new Set(names);
		for (const { name } of cases) {
			unknown.delete(name);
		}
		const [first] = unknown;
		if (first !== undefined) {
			throw notFound(l10n.t('The suite has no case "{0}"', first), 'filter.names');
		}
	}
	const failed = failedFrom === undefined ? undefined : await failedCases(context, suite, failedFrom);
	const left =
		tags || names || failed
			? cases.filter(
					(one) =>
						(!tags || one.tags.some((tag) => tags.includes(tag))) &&
						(!names || names.includes(one.name)) &&
						(!failed || failed.has(one.name)),
				)
			: cases;
	if (left.length === 0) {
		const message =
			cases.length === 0 ? l10n.t('The suite has no cases') : l10n.t('No case of the suite fits the filter');
		throw notFound(message, cases.length === 0 ? 'suite' : 'filter');
	}
	return left;
}

/** Names of the cases of which an answer did not pass in a run, or in the last one. Rejects with `not-found` if there is no run. */
export async function failedCases(
	{ records, files }: Pick<SuiteContext, 'records' | 'files'>,
	suite: string,
	from: string,
): Promise<Set<string>> {
	const runId = from === 'last' ? (await records.list({ suite }))[0]?.runId : from;
	if (runId === undefined) {
		throw notFound(l10n.t('The suite was not run yet, so nothing has failed'), 'filter.failedFrom');
	}
	const trials = latestTrials(await files.trials(runId));
	return new Set(trials.flatMap(({ verdict, case: { name } }) => (verdict === 'pass' ? [] : [name])));
}

function notFound(message: string, field: string): AppError {
	return new AppError('not-found', message, { info: { field } });
}
