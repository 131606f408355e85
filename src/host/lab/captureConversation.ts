import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { captureText } from '../../formats/capture/all.ts';
import { fixtureFileText } from '../../formats/capture/toFixtureFile.ts';
import { captureMarkdown } from './captureMarkdown.ts';
import { slugOf } from '../kit/slugOf.ts';
import { freeFile } from '../kit/freeFile.ts';
import { showInformation } from '../kit/notify.ts';
import { freeUri, toFileUri, trustedUri } from '../kit/places.ts';
import { capturedChat, capturedTest, type CapturedSource } from './captureWorkshop.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { plural } from '../kit/plural.ts';
import type { LabServices } from './labServices.ts';
import { showPick } from '../kit/pick.ts';
import { askText, chosen, optionalString, optionsArgument } from '../kit/arguments.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { pickResult } from '../drafts/resultArguments.ts';

/**
 * Writes a fixture file from a test (`{testId}`), a workshop chat (`{draftId}`), a conversation as text (`{text}`), or
 * what the user picks. Missing `name` and `uri` are asked for or generated. Returns the file's `uri` and a `report` of
 * what was changed or dropped, which the user can open.
 */
export async function captureConversation(
	services: LabServices,
	argument: unknown,
): Promise<{ uri: string; report: readonly ReportEntry[] }> {
	const options = optionsArgument(argument);
	const source = await sourceOf(services, options);
	const name = optionalString(options, 'name') ?? (await askName(source.proposedName));
	checkFixtureName(name);
	const given = optionalString(options, 'uri');
	const uri = given === undefined ? await trustedUri(await fileFor(name)) : await freeUri(toFileUri(given));
	const { description, conversations, report = [] } = source;
	const text = fixtureFileText({ name, description, conversations });
	await writeAtomically(uri, text);
	// A watcher may miss a file in a new folder.
	services.labTree.refresh();
	await vscode.window.showTextDocument(uri, { preview: true });
	if (report.length > 0) {
		void announceLosses(services, name, report);
	}
	return { uri: uri.toString(), report };
}

async function announceLosses(services: LabServices, name: string, report: readonly ReportEntry[]): Promise<void> {
	const message = plural(
		report.length,
		vscode.l10n.t('Captured {0}. 1 detail was changed or dropped', name),
		vscode.l10n.t('Captured {0}. {1} details were changed or dropped', name, report.length.toLocaleString()),
	);
	const show = vscode.l10n.t('Show Report');
	if ((await showInformation(message, show)) === show) {
		await services.labPanels.documents.show(captureMarkdown(name, report), 'capture-report.md');
	}
}

async function sourceOf(services: LabServices, options: Record<string, unknown>): Promise<CapturedSource> {
	const { testId, draftId } = options;
	if (typeof testId === 'string') {
		return capturedTest(services, testId);
	}
	if (typeof draftId === 'number') {
		return capturedChat(services, draftId);
	}
	const text = optionalString(options, 'text');
	return text === undefined ? pickSource(services) : fromText(text);
}

function fromText(text: string): CapturedSource {
	const { format, conversations, report } = captureText(text);
	const description = vscode.l10n.t('Captured from {0}', format);
	return { proposedName: vscode.l10n.t('Captured conversation'), description, conversations, report };
}

async function pickSource(services: LabServices): Promise<CapturedSource> {
	const items = [
		{ label: vscode.l10n.t('Conversation on the clipboard'), source: 'clipboard' as const },
		{ label: vscode.l10n.t('Conversation in the open editor'), source: 'editor' as const },
		{ label: vscode.l10n.t('Test result'), source: 'test' as const },
		{ label: vscode.l10n.t('Workshop chat'), source: 'chat' as const },
	];
	const placeHolder = vscode.l10n.t('Choose what to capture');
	const picked = chosen(await showPick(items, { placeHolder }));
	switch (picked.source) {
		case 'clipboard':
			return fromText(await vscode.env.clipboard.readText());
		case 'editor': {
			const editor = vscode.window.activeTextEditor;
			if (!editor) {
				throw new AppError('not-found', vscode.l10n.t('No editor is open. Open the conversation first'));
			}
			await trustedUri(editor.document.uri);
			return fromText(editor.document.getText(editor.selection.isEmpty ? undefined : editor.selection));
		}
		case 'test':
			return capturedTest(services, await pickResult(services, await draftArgument(services, undefined)));
		case 'chat':
			return capturedChat(services, await draftArgument(services, undefined));
	}
}

async function askName(value: string): Promise<string> {
	const title = vscode.l10n.t('Capture as Fixture');
	return askText({ title, prompt: vscode.l10n.t('Name'), value }, checkFixtureName);
}

function checkFixtureName(name: string): void {
	if (name.trim() === '' || name.length > 100) {
		const message = vscode.l10n.t('The name must have 1 to 100 characters; this one has {0}', name.length);
		throw new AppError('validation', message, { info: { field: 'name' } });
	}
}

/** A new file in the workspace's `.promptworkshop/fixtures`, or the location that the user chooses. */
async function fileFor(name: string): Promise<vscode.Uri> {
	const folders = vscode.workspace.workspaceFolders ?? [];
	const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
	const slug = slugOf(name, 0);
	if (!folder) {
		return chosen(
			await vscode.window.showSaveDialog({
				filters: { [vscode.l10n.t('Fixture')]: ['json'] },
				defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), `${slug}.fixture.json`),
			}),
		);
	}
	return freeFile(folder.uri, ['.promptworkshop', 'fixtures'], slug, '.fixture.json');
}
