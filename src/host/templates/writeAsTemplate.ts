import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { titleFault } from '../../prompts/templates/template.ts';
import { currentText } from '../drafts/draftUri.ts';
import { cancelled, optionsArgument } from '../kit/arguments.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import { fileExists } from '../kit/fileExists.ts';
import { showWarning } from '../kit/notify.ts';
import { trustedUri } from '../kit/places.ts';
import { slugOf } from '../kit/slugOf.ts';
import { uriWithin } from '../kit/uriWithin.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { versionOwner } from '../library/versionArguments.ts';
import { workspaceTemplates } from './templateFiles.ts';
import { templateFrom, type TemplateSource } from './templateFrom.ts';
import type { TemplateServices } from './templateServices.ts';

/** Writes a draft or prompt as a template into the workspace or the user's own folder, and opens the file. */
export async function writeAsTemplate(
	services: TemplateServices,
	owner: unknown,
	options: unknown,
): Promise<{ id: string; uri: string }> {
	const source = await sourceOf(services, owner);
	const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
	const { title, when, place } = options === undefined ? await asked(source, folders) : given(options, source);
	checkTitle(title);
	const text = templateFrom({ ...source, title }, when);
	const folder = place === 'mine' ? services.templateFiles.mine : await folderIn(placeOf(place, folders));
	const overwrite = options === undefined ? undefined : optionsArgument(options)['overwrite'] === true;
	// The file may be a link, too.
	const uri = await uriWithin(await freeFile(folder, title, overwrite), folder);
	await writeAtomically(uri, text);
	await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
	return { id: idOf(uri), uri: uri.toString() };
}

/** `place` is `mine`, `workspace` for its first folder, or the address of a folder. */
type Answers = Record<'title' | 'when' | 'place', string>;

/** A program is never asked. */
function given(options: unknown, source: TemplateSource): Answers {
	const { title = source.title, when = '', place = 'mine' } = optionsArgument(options) as Partial<Answers>;
	return { title, when, place };
}

async function asked(source: TemplateSource, folders: readonly vscode.WorkspaceFolder[]): Promise<Answers> {
	const places = [
		...folders.map(({ name, uri }) => ({
			value: uri.toString(),
			label: vscode.l10n.t('This workspace'),
			description: name,
			detail: workspaceTemplates,
		})),
		{ value: 'mine', label: vscode.l10n.t('Mine'), detail: vscode.l10n.t('In all workspaces') },
	];
	return askInSteps<keyof Answers>(
		vscode.l10n.t('Save as Template'),
		{ place: folders.length === 0 ? 'mine' : undefined },
		() => [
			{ key: 'title', prompt: vscode.l10n.t('Title'), value: source.title, check: checkTitle },
			{ key: 'when', prompt: vscode.l10n.t('When to use it, and when not. You may leave this empty') },
			{ key: 'place', prompt: vscode.l10n.t('Where to keep it'), choices: places },
		],
	);
}

async function sourceOf(services: TemplateServices, argument: unknown): Promise<TemplateSource> {
	const { ownerKind, ownerId, title } = await versionOwner(services, argument);
	const store = await services.openStore();
	return store.read(({ drafts, prompts }) => {
		if (ownerKind === 'draft') {
			const draft = drafts.get(ownerId);
			return {
				title,
				description: draft.draftDescription,
				content: currentText(draft),
				metadata: draft.metadata,
			};
		}
		return prompts.getById(ownerId);
	});
}

function checkTitle(title: string): void {
	const fault = titleFault(title);
	if (fault !== undefined) {
		throw new AppError('validation', fault, { info: { field: 'title' } });
	}
}

/** The folder of the workspace that an answer or a program names. */
function placeOf(place: string, folders: readonly vscode.WorkspaceFolder[]): vscode.Uri {
	const folder = place === 'workspace' ? folders[0] : folders.find(({ uri }) => uri.toString() === place);
	if (folder) {
		return folder.uri;
	}
	if (!vscode.workspace.isTrusted) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t('This workspace is not trusted, so no template is written to it. Trust it, or use "mine"'),
		);
	}
	throw new AppError(
		'validation',
		place === 'workspace'
			? vscode.l10n.t('No folder is open. Open one, or use "mine"')
			: vscode.l10n.t('There is no place "{0}". Use "workspace" or "mine"', place),
		{ info: { field: 'place' } },
	);
}

async function folderIn(workspaceFolder: vscode.Uri): Promise<vscode.Uri> {
	const folder = await uriWithin(vscode.Uri.joinPath(workspaceFolder, workspaceTemplates), workspaceFolder);
	return trustedUri(folder);
}

/**
 * The file to write: one that does not exist, or that the user agrees to replace.
 *
 * @param overwrite what a program says; undefined asks the user
 */
async function freeFile(folder: vscode.Uri, title: string, overwrite: boolean | undefined): Promise<vscode.Uri> {
	const name = /[\p{L}\p{N}]/u.test(title) ? slugOf(title, 0) : 'template';
	const file = (number: number) => vscode.Uri.joinPath(folder, `${number === 1 ? name : `${name}-${number}`}.md`);
	const first = file(1);
	if (overwrite === true || !(await fileExists(first))) {
		return first;
	}
	if (overwrite === false) {
		throw new AppError(
			'validation',
			vscode.l10n.t('There is already a template "{0}". Choose another title, or set "overwrite"', name),
			{ info: { field: 'title' } },
		);
	}
	const replace = vscode.l10n.t('Replace');
	const keepBoth = vscode.l10n.t('Keep Both');
	const message = vscode.l10n.t('There is already a template "{0}"', name);
	const answer = await showWarning(message, { modal: true }, replace, keepBoth);
	if (answer === replace) {
		return first;
	}
	if (answer !== keepBoth) {
		throw cancelled();
	}
	for (let number = 2; ; number++) {
		if (!(await fileExists(file(number)))) {
			return file(number);
		}
	}
}

function idOf(uri: vscode.Uri): string {
	return (uri.path.split('/').at(-1) ?? '').replace(/\.md$/, '');
}
