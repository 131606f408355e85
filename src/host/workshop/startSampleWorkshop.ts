import * as vscode from 'vscode';
import type { WorkshopServices } from './workshopServices.ts';
import { runWithProgress } from '../kit/notify.ts';
import type { Command } from '../kit/command.ts';
import { guideModel } from '../models/guideModel.ts';
import { shippedTemplate } from '../templates/templateFiles.ts';
import { startOfTemplate } from '../templates/templateStart.ts';
import { openStarted } from '../drafts/newDraft.ts';

/**
 * Creates a topic from the bundled articles and a draft with requirements for it, so that the whole loop can be tried
 * at once, and a draft of each other kind. Uses the built-in guide if no model is chosen.
 */
export const startSampleWorkshop: Command<WorkshopServices> = {
	id: 'startSampleWorkshop',
	async run(services) {
		await importSampleTopic(services);
		const guide = guideModel(services.models());
		if (guide !== undefined) {
			await addOtherKinds(services, guide);
		}
		return openStarted(services, {
			draftName: vscode.l10n.t('Sample: storage briefing'),
			requirements: vscode.l10n.t(
				'A briefing writer for utility planners: what recent articles say about electricity storage, plain tone, a short summary first, then findings with citations.',
			),
			...(services.modelChoice.chosen('chat') === undefined && guide !== undefined && { model: guide }),
		});
	},
};

/**
 * An assistant and an agent, from templates; those that are there already stay as they are. Their chats begin with the
 * guide, so that nobody pays for what they did not ask.
 */
async function addOtherKinds(services: WorkshopServices, model: string): Promise<void> {
	const { extension, workshop, openStore } = services;
	const store = await openStore();
	const known = new Set(await store.read(({ drafts }) => drafts.list().map(({ draftName }) => draftName)));
	for (const [id, draftName] of [
		['support-agent', vscode.l10n.t('Sample: support agent')],
		['code-reviewer', vscode.l10n.t('Sample: code reviewer')],
	] as const) {
		if (!known.has(draftName)) {
			const { template, suite } = await shippedTemplate(extension.extensionUri, id);
			await workshop.start({ ...startOfTemplate(template, suite), model, draftName });
		}
	}
}

async function importSampleTopic({ extension, topics }: WorkshopServices): Promise<void> {
	const name = vscode.l10n.t('Sample: electricity storage');
	const known = await topics.list();
	if (known.some((topic) => topic.name === name)) {
		return;
	}
	const articles = vscode.Uri.joinPath(extension.extensionUri, 'fixtures', 'sample-workspace', 'articles');
	await runWithProgress({ location: { viewId: 'promptWorkshop.topics' } }, () =>
		topics.import(name, articles.fsPath),
	);
}
