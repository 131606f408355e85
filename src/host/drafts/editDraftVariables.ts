import * as vscode from 'vscode';
import { readPromptMetadata, type PromptVariable } from '../../prompts/promptMetadata.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { isVariableName } from '../../prompts/variables/nameForms.ts';
import { nameOf, undeclaredTags } from '../../prompts/variables/variableNames.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import { askVariable } from './askVariable.ts';
import type { DraftServices } from './draftServices.ts';
import { currentText } from './draftUri.ts';
import { variableTypeLabel } from './variableTypeLabel.ts';

export interface EditOptions {
	/** Declares these variables and asks nothing. */
	variables?: PromptVariable[];
	/** Declares these names too, as text, or with `ask` as the user says. */
	declare?: string | string[];
	ask?: boolean;
}

/** Edits the declarations as the options say, or else as the user says. Rejects with `cancelled` if the user leaves. */
export async function editDraftVariables(
	services: Pick<DraftServices, 'openStore' | 'workshop'>,
	draftId: number,
	options: EditOptions,
): Promise<PromptVariable[]> {
	const { variables, declare, ask = false } = options;
	/** Others may have changed the declarations while the user was asked. */
	const save = async (change: (current: PromptVariable[]) => readonly PromptVariable[]) => {
		const { metadata } = await services.workshop.setVariables(draftId, change);
		return readPromptMetadata(metadata).variables;
	};
	if (variables) {
		return save(() => variables);
	}
	const store = await services.openStore();
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	const declared = readPromptMetadata(draft.metadata).variables;
	if (declare !== undefined) {
		const added: PromptVariable[] = [];
		for (const name of typeof declare === 'string' ? [declare] : declare) {
			added.push(ask ? await askVariable({ name }, [...declared, ...added]) : textVariable(name));
		}
		return save((current) => [...current, ...added]);
	}
	const { variable, name, names } = await pickVariable(declared, currentText(draft));
	if (names) {
		return save((current) => [...current, ...names.map(textVariable)]);
	}
	if (!variable) {
		const added = await askVariable(name === undefined ? {} : { name }, declared);
		return save((current) => [...current, added]);
	}
	if (await asksToRemove(variable.name)) {
		return save((current) => current.filter((one) => one.name !== variable.name));
	}
	const changed = await askVariable(
		variable,
		declared.filter((one) => one !== variable),
	);
	return save((current) => current.map((one) => (one.name === variable.name ? changed : one)));
}

function textVariable(name: string): PromptVariable {
	return { name, type: 'text' };
}

type Choice = { variable?: PromptVariable; name?: string; names?: string[] };
type Row = vscode.QuickPickItem & Choice;

/** A declared variable, one or all names that the text uses, or nothing for a new one. */
async function pickVariable(declared: readonly PromptVariable[], text: string): Promise<Choice> {
	const used = undeclaredTags(parseTemplate(text), declared).flatMap((tag) => nameOf(tag) ?? []);
	const names = [...new Set(used)].filter(isVariableName);
	const rows: Row[] = [
		...declared.map((variable) => ({
			label: `$(symbol-variable) ${variable.name}`,
			description: [variableTypeLabel(variable.type), variable.default].filter(Boolean).join(' · '),
			...(variable.note !== undefined && { detail: variable.note }),
			variable,
		})),
		...names.map((name) => ({
			label: vscode.l10n.t('$(add) Declare "{0}"', name),
			description: vscode.l10n.t('Used in the text and not declared'),
			name,
		})),
		...(names.length > 1
			? [
					{
						label: vscode.l10n.t('$(add) Declare all {0} as text', names.length),
						description: names.slice(0, 10).join(', '),
						names,
					},
				]
			: []),
		{ label: vscode.l10n.t('$(add) Add a variable…') },
	];
	return chosen(
		await showPick(rows, {
			title: vscode.l10n.t('Edit Variables'),
			placeHolder: vscode.l10n.t('Choose a variable to change or remove, or add one'),
			matchOnDescription: true,
			matchOnDetail: true,
		}),
	);
}

async function asksToRemove(name: string): Promise<boolean> {
	const change = { label: vscode.l10n.t('$(edit) Change'), remove: false };
	const remove = {
		label: vscode.l10n.t('$(trash) Remove'),
		description: vscode.l10n.t('Its tags stay in the text'),
		remove: true,
	};
	return chosen(await showPick([change, remove], { title: name })).remove;
}
