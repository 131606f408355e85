import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { shownValue } from '../../workshop/rules.ts';
import { chosen } from './arguments.ts';
import type { Grouping } from './filedRows.ts';
import { showPick } from './pick.ts';

/** The given grouping, checked, or the user's choice. */
export async function askGrouping(offered: readonly Grouping[], current: Grouping, given: unknown): Promise<Grouping> {
	if (given !== undefined) {
		const grouping = offered.find((one) => one === given);
		if (!grouping) {
			throw new AppError(
				'validation',
				vscode.l10n.t('There is no grouping {0}; use one of {1}', shownValue(given), offered.join(', ')),
				{ info: { field: 'grouping' } },
			);
		}
		return grouping;
	}
	const labels: Record<Grouping, string> = {
		none: vscode.l10n.t('No grouping'),
		folder: vscode.l10n.t('By folder'),
		tag: vscode.l10n.t('By tag'),
		status: vscode.l10n.t('By status'),
		parent: vscode.l10n.t('By parent prompt'),
	};
	const items = offered.map((grouping) => ({
		label: labels[grouping],
		grouping,
		...(grouping === current && { description: vscode.l10n.t('current') }),
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Group by') })).grouping;
}
