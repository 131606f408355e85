import * as vscode from 'vscode';
import { AppError } from '../../../common/errors.ts';
import type { RunVariant, SuiteRun } from '../../../common/suiteModel.ts';
import type { RatedSide } from '../../../suites/blind/ratingFiles.ts';
import { chosen } from '../../kit/arguments.ts';
import type { Command } from '../../kit/command.ts';
import { showPick } from '../../kit/pick.ts';
import { runArgument } from '../runArgument.ts';
import type { SuiteServices } from '../suiteServices.ts';

/**
 * Lets the user rate the answers of two variants of a run without knowing which is which, or those of two runs if a second one
 * is given or the first has only one variant.
 */
export const blindRating: Command<SuiteServices> = {
	id: 'blindRating',
	async run(services, first, second) {
		const none = vscode.l10n.t('No suite was run yet');
		const offer = (run: SuiteRun) => run.done > 0 && models(run).length > 0;
		const b = await runArgument(services, first, { none, offer });
		const other = second === undefined && models(b).length !== 1 ? undefined : await otherRun(services, b, second);
		const [sideA, sideB] = other
			? [
					await sideOf(other, vscode.l10n.t('A: which variant?')),
					await sideOf(b, vscode.l10n.t('B: which variant?')),
				]
			: await twoSides(b);
		await services.blindPanels.open(sideA, sideB);
		return { a: sideA, b: sideB };
	},
};

function otherRun(services: SuiteServices, b: SuiteRun, second: unknown): Promise<SuiteRun> {
	return runArgument(services, second, {
		none: vscode.l10n.t('There is no other run to compare with'),
		placeHolder: vscode.l10n.t('Rate against the answers of which run?'),
		offer: (run) => run.runId !== b.runId && run.done > 0 && models(run).length > 0,
		rank: (run) => (run.suite === b.suite ? (run.blessedAt === undefined ? 1 : 0) : 2),
	});
}

async function twoSides(run: SuiteRun): Promise<[RatedSide, RatedSide]> {
	const [first, second, ...more] = models(run);
	if (!first || !second) {
		throw new AppError('validation', vscode.l10n.t('The run has no answers of a model to compare others with'));
	}
	if (more.length === 0) {
		return [sideIn(run, first), sideIn(run, second)];
	}
	const a = await sideOf(run, vscode.l10n.t('A: which variant?'));
	return [a, await sideOf(run, vscode.l10n.t('B: which variant?'), a.variant)];
}

/** The only variant of a run, or the one that the user chooses. */
async function sideOf(run: SuiteRun, placeHolder: string, taken?: string): Promise<RatedSide> {
	const variants = models(run).filter(({ label }) => label !== taken);
	const [only, ...more] = variants;
	return sideIn(run, only && more.length === 0 ? only : chosen(await showPick(variants, { placeHolder })));
}

function sideIn({ runId }: SuiteRun, { label }: Pick<RunVariant, 'label'>): RatedSide {
	return { runId, variant: label };
}

function models({ variants }: SuiteRun): { label: string }[] {
	return variants.filter(({ isModel }) => isModel).map(({ label }) => ({ label }));
}
