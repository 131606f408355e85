import * as vscode from 'vscode';
import type { LabPromptField } from '../../common/labState.ts';
import type { LabSession } from '../../lab/session.ts';
import { optionsArgument } from '../kit/arguments.ts';
import { activePage, pickOne } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Restores the recorded text of a part of the prompt (`{part, section}`). */
export const labResetPrompt: Command<LabServices> = {
	id: 'lab.resetPrompt',
	async run(services, argument) {
		const { session } = await activePage(services);
		const { part, section } = optionsArgument(argument);
		session.edit(part === undefined ? await pickField(session) : await checkedField(part, section), null);
	},
};

async function checkedField(part: unknown, section: unknown): Promise<LabPromptField> {
	const { labParsers } = await import('./labMessages.ts');
	return labParsers.edit({ field: part === 'base' ? { part } : { part, section }, text: null }).field;
}

async function pickField({ state: { edits, fixture } }: LabSession): Promise<LabPromptField> {
	const items: (vscode.QuickPickItem & { field: LabPromptField })[] = [];
	if (edits.base !== undefined) {
		items.push({ label: vscode.l10n.t('Base prompt'), field: { part: 'base' } });
	}
	for (const [key, edited] of Object.entries(edits.sections)) {
		const section = Number(key);
		const description = fixture.sections[section]?.name ?? '';
		for (const part of ['instructions', 'context'] as const) {
			if (edited[part] !== undefined) {
				const label = part === 'context' ? vscode.l10n.t('Context') : vscode.l10n.t('Instructions');
				items.push({ label, description, field: { part, section } });
			}
		}
	}
	const none = vscode.l10n.t('Nothing in the prompt was modified');
	return (await pickOne(items, vscode.l10n.t('Choose the text to reset'), none)).field;
}
