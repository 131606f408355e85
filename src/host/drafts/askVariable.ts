import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { variableFault, variableNameFault, variableTypes } from '../../prompts/variables/checkVariables.ts';
import { askInSteps, type Question } from '../kit/askInSteps.ts';
import { variableTypeLabel } from './variableTypeLabel.ts';

type Key = 'name' | 'type' | 'choices' | 'default' | 'note';
type Answers = Partial<Record<Key, string>>;

/**
 * Asks for a declaration step by step. A variable that has a type is changed, all its fields as they are now. `others`
 * are the draft's other variables.
 */
export async function askVariable(
	before: Partial<PromptVariable>,
	others: readonly PromptVariable[],
): Promise<PromptVariable> {
	const taken = new Set(others.map(({ name }) => name));
	const isNew = before.type === undefined;
	const given = { ...(before.name !== undefined && { name: before.name }) };
	const check = (answers: Answers, field: Key) => (value: string) => {
		const fault = variableFault(variableOf(before, { ...given, ...answers, [field]: value }), taken);
		if (fault?.field === field) {
			throw new AppError('validation', fault.message, { info: { field } });
		}
	};
	const title = isNew ? vscode.l10n.t('Add Variable') : vscode.l10n.t('Change Variable "{0}"', before.name ?? '');
	const answers = await askInSteps<Key>(title, given, (so) => [
		{
			key: 'name',
			prompt: vscode.l10n.t('The name, as it stands in double braces'),
			placeHolder: vscode.l10n.t('customer_name'),
			check: (value) => {
				const message = variableNameFault(value, taken);
				if (message !== undefined) {
					throw new AppError('validation', message, { info: { field: 'name' } });
				}
			},
		},
		{
			key: 'type',
			prompt: isNew ? vscode.l10n.t('What kind of value is it?') : typeQuestion(before),
			choices: variableTypes.map((value) => ({ label: variableTypeLabel(value), value })),
		},
		...(so.type === 'choice' ? [choicesQuestion(before, check(so, 'choices'))] : []),
		{
			key: 'default',
			prompt: vscode.l10n.t('The default. Leave it empty if there is none'),
			value: before.default ?? '',
			check: check(so, 'default'),
		},
		{
			key: 'note',
			prompt: vscode.l10n.t('A note for those who fill it in. It may be empty'),
			value: before.note ?? '',
			check: check(so, 'note'),
		},
	]);
	return variableOf(before, answers);
}

function typeQuestion({ type = 'text' }: Partial<PromptVariable>): string {
	return vscode.l10n.t('What kind of value is it? Now: {0}', variableTypeLabel(type));
}

function choicesQuestion(before: Partial<PromptVariable>, check: (value: string) => void): Question<Key> {
	return {
		key: 'choices',
		prompt: vscode.l10n.t('The values to choose from, with commas between'),
		value: (before.choices ?? []).join(', '),
		check,
	};
}

/** Fields that this version does not know are kept; an empty default or note is none. */
function variableOf(before: Partial<PromptVariable>, answers: Answers): PromptVariable {
	const { name = '', type: _type, default: _default, choices: _choices, note: _note, ...unknown } = before;
	const type = variableTypes.find((known) => known === answers.type) ?? before.type ?? 'text';
	const choices = (answers.choices ?? '')
		.split(',')
		.map((choice) => choice.trim())
		.filter((choice) => choice !== '');
	return {
		...unknown,
		name: answers.name ?? name,
		type,
		...(type === 'choice' && { choices }),
		...(answers.default && { default: answers.default }),
		...(answers.note && { note: answers.note }),
	};
}
