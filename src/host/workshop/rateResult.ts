import * as vscode from 'vscode';
import type { RatingPatch } from '../../common/api.ts';
import { checkNotes, limits } from '../../workshop/rules.ts';
import { showPick } from '../kit/pick.ts';
import { askText, chosen } from '../kit/arguments.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/**
 * Sets stars and notes of a result: `rateResult(testId, {userRating, notes})`. Null removes one; without values the
 * user is asked.
 */
export const rateResult: Command<WorkshopServices> = {
	id: 'rateResult',
	async run(services, argument, given) {
		const testId = await resultArgument(services, argument);
		const store = await services.openStore();
		const result = await store.read(({ results }) => results.get(testId));
		const patch = given === undefined ? await askRating(result.notes) : (given as RatingPatch);
		return services.workshop.rate(result.draftId, testId, patch);
	},
};

async function askRating(notes: string | null): Promise<{ userRating: number | null; notes: string | null }> {
	const { maximum } = limits.rating;
	const items = [
		...Array.from({ length: maximum }, (_, index) => ({
			label: '★'.repeat(maximum - index),
			userRating: maximum - index,
		})),
		{ label: vscode.l10n.t('No rating'), userRating: null },
	];
	const title = vscode.l10n.t('Rate Test Result');
	const { userRating } = chosen(await showPick(items, { title, ignoreFocusOut: true }));
	const prompt = vscode.l10n.t('Notes (optional)');
	const typed = await askText({ title, prompt, value: notes ?? '' }, checkNotes);
	return { userRating, notes: typed || null };
}
