import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { shippedTemplates, type ShippedTemplate } from '../../prompts/templates/shippedTemplates.ts';
import { templateLimits, type PromptTemplate, type TemplateFileProblem } from '../../prompts/templates/template.ts';
import { isMissing, readerFor } from '../kit/folderReader.ts';
import { uriWithin } from '../kit/uriWithin.ts';

export type TemplatePlace = 'built-in' | 'workspace' | 'mine';

/** A template file: what it says, or why it cannot be used. */
export type FoundTemplate = { place: TemplatePlace; id: string; uri: vscode.Uri } & (
	{ template: PromptTemplate } | { template?: undefined; problem: TemplateFileProblem }
);

/** In a folder of the workspace. */
export const workspaceTemplates = '.promptworkshop/templates';

const extension = '.md';
/** Of one folder; more are not listed. */
const maxFiles = 500;

/** Where templates are kept: with the extension, in folders of the workspace, and with the user. */
export class TemplateFiles {
	readonly #builtIn: vscode.Uri;
	/** The user's own. */
	readonly mine: vscode.Uri;

	constructor({
		extensionUri,
		globalStorageUri,
	}: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>) {
		this.#builtIn = builtInFolder(extensionUri);
		this.mine = vscode.Uri.joinPath(globalStorageUri, 'templates');
	}

	/**
	 * All templates: the built-in ones in their order, then those of the workspace and of the user by file name. Files of
	 * an untrusted workspace are neither listed nor read.
	 */
	async list(): Promise<FoundTemplate[]> {
		const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
		const found = await Promise.all([
			...shippedTemplates.map((id) => builtIn(this.#builtIn, id)),
			...folders.map(({ uri }) => readFolder('workspace', vscode.Uri.joinPath(uri, workspaceTemplates), uri)),
			readFolder('mine', this.mine, this.mine),
		]);
		return found.flat();
	}
}

function builtInFolder(extensionUri: vscode.Uri): vscode.Uri {
	return vscode.Uri.joinPath(extensionUri, 'media', 'templates');
}

function builtIn(folder: vscode.Uri, id: ShippedTemplate): Promise<FoundTemplate> {
	return readFile({ place: 'built-in', id, uri: vscode.Uri.joinPath(folder, `${id}${extension}`) });
}

/** A template that ships, and the suite beside it. */
export async function shippedTemplate(
	extensionUri: vscode.Uri,
	id: ShippedTemplate,
): Promise<{ template: PromptTemplate; suite: string | undefined }> {
	const found = await builtIn(builtInFolder(extensionUri), id);
	if (!found.template) {
		throw new AppError('internal', found.problem.message);
	}
	return { template: found.template, suite: await suiteBeside(found.uri) };
}

/** The suite of a template: the file beside it with the same name. Undefined if there is none. */
export async function suiteBeside(template: vscode.Uri): Promise<string | undefined> {
	const uri = template.with({ path: `${template.path.slice(0, -extension.length)}.prompttest.yaml` });
	try {
		const reader = readerFor(uri);
		const { size } = await reader.stat(uri);
		return size > templateLimits.file ? undefined : new TextDecoder().decode(await reader.read(uri));
	} catch (error) {
		if (isMissing(error)) {
			return undefined;
		}
		throw error;
	}
}

/** The templates of a folder; none if it does not exist. Links that lead out of `root` are not followed. */
async function readFolder(place: TemplatePlace, folder: vscode.Uri, root: vscode.Uri): Promise<FoundTemplate[]> {
	try {
		const real = await uriWithin(folder, root);
		const names = (await readerFor(real).entries(real))
			.filter(({ name, isFolder }) => !isFolder && name.toLowerCase().endsWith(extension))
			.map(({ name }) => name)
			.sort((a, b) => a.localeCompare(b, 'en'))
			.slice(0, maxFiles);
		return await Promise.all(
			names.map((name) =>
				readFile({ place, id: name.slice(0, -extension.length), uri: vscode.Uri.joinPath(real, name) }),
			),
		);
	} catch (error) {
		if (isMissing(error)) {
			return [];
		}
		return [{ place, id: folder.path.split('/').at(-1) ?? '', uri: folder, problem: notRead(error) }];
	}
}

async function readFile(file: { place: TemplatePlace; id: string; uri: vscode.Uri }): Promise<FoundTemplate> {
	try {
		const reader = readerFor(file.uri);
		const { size } = await reader.stat(file.uri);
		// No character takes more than three bytes of its code units.
		if (size > templateLimits.file * 3) {
			const message = vscode.l10n.t(
				'The file has {0} bytes. A template may have at most {1} characters',
				size,
				templateLimits.file,
			);
			return { ...file, problem: { message, line: 1, column: 1 } };
		}
		const text = new TextDecoder('utf-8', { fatal: true }).decode(await reader.read(file.uri));
		// The YAML parser is loaded on first use.
		const { readTemplate } = await import('../../prompts/templates/readTemplate.ts');
		const { template, problems } = readTemplate(text);
		return template ? { ...file, template } : { ...file, problem: problems[0] ?? notRead('') };
	} catch (error) {
		return { ...file, problem: notRead(error) };
	}
}

function notRead(error: unknown): TemplateFileProblem {
	const reason = error instanceof Error ? error.message : String(error);
	const message =
		error instanceof TypeError
			? vscode.l10n.t('The file is not UTF-8 text. Save it as UTF-8 first')
			: vscode.l10n.t('The file cannot be read: {0}', reason);
	return { message, line: 1, column: 1 };
}
