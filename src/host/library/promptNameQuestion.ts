import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { checkPromptName, proposeName } from '../../workshop/rules.ts';
import type { Question } from '../kit/askInSteps.ts';

/** Asks for the name of a new prompt; proposes one made from `title`, and refuses those that are taken. */
export function promptNameQuestion(title: string, taken: ReadonlySet<string>): Question<'name'> {
	return {
		key: 'name',
		prompt: vscode.l10n.t('Name: lowercase letters, digits and underscores. You cannot change it later'),
		value: proposeName(title, (candidate) => taken.has(candidate)),
		check: (value) => {
			checkPromptName(value);
			if (taken.has(value)) {
				throw new AppError('validation', vscode.l10n.t('The library already has a prompt named "{0}"', value));
			}
		},
	};
}
