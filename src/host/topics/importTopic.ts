import * as path from 'node:path';
import * as vscode from 'vscode';
import { checkTopicName } from '../../common/topicName.ts';
import type { TopicServices } from './topicServices.ts';
import { toFileUri, trustedUri } from '../kit/places.ts';
import { showPick } from '../kit/pick.ts';
import { askText, chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { withImportProgress } from './topicImport.ts';

/** From a folder or file that is given, chosen in the Explorer, or picked. */
export const importTopic: Command<TopicServices> = {
	id: 'importTopic',
	async run(services, first, second) {
		// A program gives (name, place), the Explorer gives (uri).
		const place = typeof first === 'string' && second !== undefined ? second : first;
		const uri = await trustedUri(place === undefined ? await pickSource() : toFileUri(place));
		const name =
			typeof first === 'string' && second !== undefined
				? first
				: await askText(
						{
							title: vscode.l10n.t('Import Topic'),
							prompt: vscode.l10n.t(
								'A name for the topic. If a topic with this name exists, it is updated',
							),
							value: path
								.basename(uri.fsPath)
								.replace(/\.(?:csv|tsv|jsonl?|ndjson|md|mdx|markdown)$/i, ''),
						},
						checkTopicName,
						await replacedSources(services, uri),
					);
		const topic = checkTopicName(name);
		return withImportProgress(services, topic, vscode.l10n.t('Importing {0}', name), (options) =>
			services.topics.import(topic, uri.fsPath, options),
		);
	},
};

/** Warns if a topic with another source has this name: its articles would be replaced. */
async function replacedSources(
	services: TopicServices,
	uri: vscode.Uri,
): Promise<(name: string) => string | undefined> {
	const topics = await services.topics.list();
	return (name) => {
		const source = topics.find((topic) => topic.name === name.trim())?.source;
		return source && source !== uri.fsPath
			? vscode.l10n.t(
					'This topic comes from {0}. Its articles are replaced by those from {1}',
					source,
					uri.fsPath,
				)
			: undefined;
	};
}

async function pickSource(): Promise<vscode.Uri> {
	const kind = chosen(
		await showPick(
			[
				{
					label: vscode.l10n.t('Folder'),
					detail: vscode.l10n.t('Markdown, CSV, JSON and JSONL files in it'),
					folder: true,
				},
				{ label: vscode.l10n.t('File'), detail: vscode.l10n.t('CSV, JSON, JSONL or Markdown'), folder: false },
			],
			{ placeHolder: vscode.l10n.t('Choose where the articles are') },
		),
	);
	const uris = await vscode.window.showOpenDialog({
		canSelectFolders: kind.folder,
		canSelectFiles: !kind.folder,
		title: kind.folder ? vscode.l10n.t('Folder with the articles') : vscode.l10n.t('File with the articles'),
		openLabel: vscode.l10n.t('Import'),
		...(!kind.folder && {
			filters: {
				[vscode.l10n.t('Articles')]: ['csv', 'tsv', 'json', 'jsonl', 'ndjson', 'md', 'mdx', 'markdown'],
			},
		}),
	});
	return chosen(uris?.[0]);
}
