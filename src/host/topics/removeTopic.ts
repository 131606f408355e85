import * as vscode from 'vscode';
import { fileExists } from '../kit/fileExists.ts';
import type { TopicServices } from './topicServices.ts';
import { showInformation, showWarning } from '../kit/notify.ts';
import { cancelled } from '../kit/arguments.ts';
import { topicArgument } from './topicArgument.ts';
import type { Command } from '../kit/command.ts';

export const removeTopic: Command<TopicServices> = {
	id: 'removeTopic',
	async run(services, argument) {
		const name = await topicArgument(services, argument);
		const source = await presentSource(services, name);
		if (typeof argument !== 'string') {
			const remove = vscode.l10n.t('Remove');
			const detail =
				source === undefined
					? vscode.l10n.t('Its source no longer exists, so you cannot import it again.')
					: vscode.l10n.t('The source files are kept, so you can import it again.');
			const answer = await showWarning(
				vscode.l10n.t('Remove the topic "{0}" from the index?', name),
				{ modal: true, detail },
				remove,
			);
			if (answer !== remove) {
				throw cancelled();
			}
		}
		await services.topics.remove(name);
		void offerImport(name, source);
	},
};

/** Where the topic comes from, unless that is gone. */
async function presentSource({ topics }: TopicServices, name: string): Promise<vscode.Uri | undefined> {
	const source = (await topics.list()).find((topic) => topic.name === name)?.source;
	const uri = source ? vscode.Uri.file(source) : undefined;
	// What cannot be looked at cannot be imported either.
	return uri && (await fileExists(uri).catch(() => false)) ? uri : undefined;
}

/** Undo reads the source again: the index keeps nothing of a removed topic. */
async function offerImport(name: string, source: vscode.Uri | undefined): Promise<void> {
	const undo = vscode.l10n.t('Undo');
	const message = vscode.l10n.t('Topic {0} removed', name);
	const answer = await showInformation(message, ...(source ? [undo] : []));
	if (source && answer === undo) {
		await vscode.commands.executeCommand('promptWorkshop.importTopic', name, source);
	}
}
