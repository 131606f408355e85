import * as vscode from 'vscode';
import type { CommitOptions } from '../../common/api.ts';
import type { Draft, PromptSummary } from '../../common/model.ts';
import { checkContentForCommit, checkDescription, checkPromptTitle } from '../../workshop/rules.ts';
import { currentText, draftUri } from '../drafts/draftUri.ts';
import { lintDraft } from '../drafts/lintDraft.ts';
import { plural } from '../kit/plural.ts';
import type { LibraryServices } from './libraryServices.ts';
import { showInformation, showWarning } from '../kit/notify.ts';
import { cancelled } from '../kit/arguments.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { askInSteps, type Question } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';
import { promptNameQuestion } from './promptNameQuestion.ts';

export const commitDraft: Command<LibraryServices> = {
	id: 'commitDraft',
	async run(services, argument, given) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		const text = currentText(draft);
		checkContentForCommit(text);
		const commit = given === undefined ? await askCommit(services, draft, text) : (given as CommitOptions);
		const prompt = await services.workshop.commit(draftId, commit);
		await services.libraryTree.show(prompt.name);
		const open = vscode.l10n.t('Open Prompt');
		void showInformation(
			vscode.l10n.t('"{0}" was added to the library as {1}', prompt.title, prompt.name),
			open,
		).then((answer) =>
			answer === open ? vscode.commands.executeCommand('promptWorkshop.openPrompt', prompt.name) : undefined,
		);
		return { promptId: prompt.id, name: prompt.name };
	},
};

async function askCommit(services: LibraryServices, draft: Draft, text: string): Promise<CommitOptions> {
	const store = await services.openStore();
	await showFindings(services, draft, store.status.storeId, text);
	const prompts = await store.read((repositories) => repositories.prompts.list());
	const parent = prompts.find(({ name }) => name === draft.parentPromptName);
	const taken = new Set(prompts.map(({ name }) => name));
	const { how, name, title, description } = await askInSteps<'how' | 'name' | 'title' | 'description'>(
		vscode.l10n.t('Commit as Prompt'),
		{},
		({ how }) => {
			const updated = how === 'update' ? parent : undefined;
			return [
				...(parent ? [newOrUpdate(parent)] : []),
				...(updated ? [] : [promptNameQuestion(draft.draftName ?? '', taken)]),
				{
					key: 'title',
					prompt: vscode.l10n.t('Title'),
					value: updated?.title ?? draft.draftName ?? '',
					check: checkPromptTitle,
				},
				{
					key: 'description',
					prompt: vscode.l10n.t('Description (optional)'),
					value: (updated ?? { description: draft.draftDescription }).description ?? '',
					check: checkDescription,
				},
			];
		},
	);
	const updateParent = how === 'update' && parent !== undefined;
	return {
		name: updateParent ? parent.name : name,
		title,
		description,
		...(updateParent && { updateParent }),
	};
}

function newOrUpdate(parent: PromptSummary): Question<'how'> {
	return {
		key: 'how',
		prompt: vscode.l10n.t('This draft was cloned from "{0}"', parent.title),
		choices: [
			{ label: vscode.l10n.t('Commit as a new prompt'), value: 'new' },
			{
				label: vscode.l10n.t('Update "{0}"', parent.title),
				detail: vscode.l10n.t('The current text of {0} is kept as a version', parent.name),
				value: 'update',
			},
		],
	};
}

/**
 * What the lint found is shown before, and does not keep anybody from committing. Mere information stays in the Problems
 * view.
 */
async function showFindings({ workshop }: LibraryServices, draft: Draft, storeId: string, text: string): Promise<void> {
	const all = await lintDraft(workshop, draft, text, draftUri(storeId, draft));
	const findings = all.filter(({ severity }) => severity !== 'information');
	if (findings.length === 0) {
		return;
	}
	const proceed = vscode.l10n.t('Commit Anyway');
	const answer = await showWarning(
		plural(
			findings.length,
			vscode.l10n.t('The prompt has {0} finding', findings.length),
			vscode.l10n.t('The prompt has {0} findings', findings.length),
		),
		{ modal: true, detail: findings.map(({ message }) => `• ${message}`).join('\n') },
		proceed,
	);
	if (answer !== proceed) {
		throw cancelled();
	}
}
