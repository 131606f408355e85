import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { Command } from '../kit/command.ts';
import { updateLintSeverity } from '../kit/settings.ts';
import type { DraftServices } from './draftServices.ts';

/** Of the problem's quick fix: it is not in the palette. */
export const turnOffLintRule: Command<DraftServices> = {
	id: 'turnOffLintRule',
	async run(_services, rule) {
		const { lintRules } = await import('../../prompts/lint/rules.ts');
		if (!lintRules.some(({ id }) => id === rule)) {
			throw new AppError(
				'validation',
				vscode.l10n.t(
					'There is no rule "{0}". The rules are {1}',
					String(rule),
					lintRules.map(({ id }) => id).join(', '),
				),
				{ info: { field: 'rule' } },
			);
		}
		await updateLintSeverity(String(rule), 'off');
	},
};
