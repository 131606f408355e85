import * as vscode from 'vscode';
import type { RecordOwner } from '../../common/api.ts';
import { exportFiles } from '../../formats/exportFiles.ts';
import { writers } from '../../formats/writers/all.ts';
import type { ExportedFiles } from '../../formats/writing/writer.ts';
import { chosen, optionalString, optionsArgument, property } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { toFileUri } from '../kit/places.ts';
import { plural } from '../kit/plural.ts';
import { showReadOnly, versionIdOf } from '../kit/readOnlyDocuments.ts';
import { recordOwners } from '../library/recordOwners.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { exportedPrompt } from './exportedPrompt.ts';
import { askExportFolder, writeExport } from './exportPlace.ts';
import { exportMarkdown } from './reportMarkdown.ts';

type Owner = RecordOwner | { versionId: number };

/** Writes a draft, prompt or version with its suite as files of another tool, and says what the format cannot hold. */
export const exportPrompt: Command<ExchangeServices> = {
	id: 'exportPrompt',
	async run(services, argument, options) {
		const given = optionsArgument(options);
		const owner = await ownerOf(services, argument);
		const format = optionalString(given, 'format') ?? (await pickFormat());
		const exported = await exportAs(services, owner, format);
		const place = given['uri'];
		if (place === undefined && exported.files.length === 1 && (await pickTarget()) === 'clipboard') {
			await vscode.env.clipboard.writeText(exported.files[0]?.text ?? '');
			void announce(services, exported, vscode.l10n.t('Copied to the clipboard'));
			return exported;
		}
		const folder = place === undefined ? await askExportFolder() : toFileUri(place);
		const mayReplace = place === undefined ? 'ask' : property(given, 'overwrite') === true;
		const uris = await writeExport(folder, exported.files, mayReplace);
		void announce(services, exported, vscode.l10n.t('Exported to {0}', uris[0]?.fsPath ?? folder.fsPath), uris[0]);
		return exported;
	},
};

/** The files of a draft, prompt or version. The open document of a draft is saved first. Nothing is written. */
export async function exportAs(services: ExchangeServices, owner: Owner, format: string): Promise<ExportedFiles> {
	if ('draftId' in owner) {
		await services.documents.save(owner.draftId);
	}
	const store = await services.openStore();
	const exported = await store.read((repositories) => exportedPrompt(repositories, owner));
	return exportFiles(exported, format);
}

async function ownerOf(services: ExchangeServices, argument: unknown): Promise<Owner> {
	const active = vscode.window.activeTextEditor?.document.uri;
	const uri = argument instanceof vscode.Uri ? argument : argument === undefined ? active : undefined;
	const versionId = property(argument, 'versionId') ?? (uri && versionIdOf(uri));
	if (typeof versionId === 'number') {
		return { versionId };
	}
	const [owner] = await recordOwners(services, argument, undefined);
	return chosen(owner);
}

async function pickFormat(): Promise<string> {
	const items = writers.map(({ id, label }) => ({ label, id }));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose the format of the export') })).id;
}

async function pickTarget(): Promise<'file' | 'clipboard'> {
	const items = [
		{ label: vscode.l10n.t('Write File'), target: 'file' as const },
		{ label: vscode.l10n.t('Copy to Clipboard'), target: 'clipboard' as const },
	];
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose where the export goes') })).target;
}

async function announce(
	{ importReports }: ExchangeServices,
	{ files, report }: ExportedFiles,
	done: string,
	uri?: vscode.Uri,
): Promise<void> {
	const open = vscode.l10n.t('Open');
	const show = vscode.l10n.t('Show Report');
	const losses = plural(
		report.length,
		vscode.l10n.t('1 detail is changed or lost'),
		vscode.l10n.t('{0} details are changed or lost', report.length),
	);
	const message = report.length === 0 ? done : `${done}. ${losses}`;
	const buttons = [...(uri ? [open] : []), ...(report.length > 0 ? [show] : [])];
	const answer = await showInformation(message, {}, ...buttons);
	if (answer === open && uri) {
		await vscode.window.showTextDocument(uri);
	} else if (answer === show) {
		const key = await importReports.add(exportMarkdown(files[0]?.path ?? '', report));
		await showReadOnly({ kind: 'import', key, title: vscode.l10n.t('Export report') });
	}
}
