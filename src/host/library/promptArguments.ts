import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { PromptSummary } from '../../common/model.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import { chosen, property } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import { promptNameOf } from '../kit/readOnlyDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';

type Services = Pick<LibraryServices, 'openStore'>;

/** A prompt's name from a string, a tree item, a document or the user's choice among those that `offer` takes. */
export async function promptArgument(
	services: Services,
	argument: unknown,
	offer?: (prompt: PromptSummary) => boolean,
): Promise<string> {
	if (argument === undefined) {
		return (await pickPrompt(services, offer)).name;
	}
	const name = promptNameIn(argument);
	if (name === undefined) {
		throw new AppError('validation', vscode.l10n.t('The argument does not name a prompt'), {
			info: { field: 'prompt' },
		});
	}
	return name;
}

/** The prompt that a program, a tree item or a document names. */
export function promptNameIn(argument: unknown): string | undefined {
	const name =
		argument instanceof vscode.Uri ? promptNameOf(argument) : (property(argument, 'promptName') ?? argument);
	return typeof name === 'string' ? name : undefined;
}

async function pickPrompt(
	services: Services,
	offer: (prompt: PromptSummary) => boolean = () => true,
): Promise<PromptSummary> {
	const store = await services.openStore();
	const prompts = await store.read((repositories) => repositories.prompts.list().filter(offer));
	if (prompts.length === 0) {
		throw new AppError(
			'not-found',
			vscode.l10n.t(
				'There are no other prompts in the library yet. Commit a draft, or use "Add Prompt to Library"',
			),
		);
	}
	const items = prompts.map((prompt) => ({
		label: withoutIcons(prompt.title),
		description: prompt.isDefault ? vscode.l10n.t('{0} · default', prompt.name) : prompt.name,
		...(prompt.description !== null && { detail: withoutIcons(prompt.description) }),
		prompt,
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a prompt') })).prompt;
}
