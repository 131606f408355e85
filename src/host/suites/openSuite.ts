import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import { property } from '../kit/arguments.ts';
import { promptNameIn } from '../library/promptArguments.ts';
import type { SuiteServices } from './suiteServices.ts';
import { showSuite } from './suiteDocument.ts';
import { isSuiteFile, suiteAddress, suiteOwnerOf, suiteUri, type SuiteOwner } from './suiteUri.ts';

/** Opens the suite of a draft, a prompt or a file. One that does not exist yet is offered to be made. */
export const openSuite: Command<SuiteServices> = {
	id: 'openSuite',
	async run(services, argument, options) {
		const uri = await suiteArgument(services, argument);
		const line = property(options, 'line');
		const position = new vscode.Position(typeof line === 'number' ? Math.max(0, line - 1) : 0, 0);
		await showSuite(services.suiteFiles, uri, { selection: new vscode.Range(position, position) });
		return { uri: uri.toString() };
	},
};

/** The suite that a draft, a prompt, a document or a program's URI names. Rejects with `not-found` if there is none. */
export async function suiteArgument(services: SuiteServices, argument: unknown): Promise<vscode.Uri> {
	const named = suiteLocation(argument);
	if (named) {
		return named;
	}
	const owner = await ownerArgument(services, argument);
	const store = await services.openStore();
	const text = await store.read(({ suites }) => suites.get(owner.ownerKind, owner.ownerId));
	if (text === undefined) {
		throw new AppError(
			'not-found',
			owner.ownerKind === 'draft'
				? vscode.l10n.t('This draft has no suite yet. Use "New Suite" to write one')
				: vscode.l10n.t('This prompt has no suite yet. Use "New Suite" to write one'),
		);
	}
	return suiteUri(store.status.storeId, owner);
}

/** Where the suite is that a program, a tree item or a document names, or that the active editor shows. */
export function suiteLocation(argument: unknown): vscode.Uri | undefined {
	const named = property(argument, 'suite') ?? argument;
	const given = typeof named === 'string' ? locationIn(named) : named;
	const uri = argument === undefined ? vscode.window.activeTextEditor?.document.uri : given;
	return uri instanceof vscode.Uri && (suiteOwnerOf(uri) || isSuiteFile(uri)) ? suiteAddress(uri) : undefined;
}

/** The draft or prompt whose suite is meant; the draft of the active editor or panel if nothing is named. */
export async function ownerArgument(services: SuiteServices, argument: unknown): Promise<SuiteOwner> {
	const name = promptNameIn(argument);
	if (name !== undefined) {
		const store = await services.openStore();
		return store.read(({ prompts }) => ({ ownerKind: 'prompt', ownerId: prompts.get(name).id }));
	}
	return { ownerKind: 'draft', ownerId: await draftArgument(services, argument) };
}

/** The URI or absolute path that a text is; else it may be the name of a prompt. */
function locationIn(text: string): vscode.Uri | string {
	return path.isAbsolute(text) ? vscode.Uri.file(text) : text.includes(':') ? vscode.Uri.parse(text) : text;
}
