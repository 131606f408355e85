import * as vscode from 'vscode';
import { changedPart } from '../../common/changedPart.ts';
import { AppError } from '../../common/errors.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { trustedUri } from '../kit/places.ts';
import type { SuiteServices } from './suiteServices.ts';
import { openSuiteDocuments } from './suiteDocument.ts';
import { suiteOwnerOf } from './suiteUri.ts';

/** What a suite begins with. */
export interface SuiteHead {
	description?: string;
	prompt?: string;
	topic?: string;
}

/**
 * Adds cases to a suite and saves it. An open document is changed as one edit; the suite of a draft or prompt is made if there
 * is none. Rejects with `validation` if cases cannot be added to its text, and with `storage` if it cannot be saved.
 */
export async function addCases(
	{ openStore }: Pick<SuiteServices, 'openStore'>,
	uri: vscode.Uri,
	cases: readonly WrittenCase[],
	head: SuiteHead,
): Promise<void> {
	const { appendCase, newSuite } = await import('../../suites/writeCase.ts');
	const withCases = (text: string) => cases.reduce(appendCase, text);
	const owner = suiteOwnerOf(uri);
	const [open] = openSuiteDocuments(uri);
	if (owner && !open) {
		const store = await openStore();
		await store.write(({ suites }) => {
			const before = suites.get(owner.ownerKind, owner.ownerId);
			const content = before === undefined ? newSuite(head, cases) : withCases(before);
			suites.put({ ...owner, content, now: new Date().toISOString() });
		});
		return;
	}
	const document = open ?? (await vscode.workspace.openTextDocument(await trustedUri(uri)));
	const before = document.getText();
	const { start, end, text } = changedPart(before, withCases(before));
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
	if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
		throw new AppError('storage', vscode.l10n.t('The suite could not be saved. Save its document, then try again'));
	}
}
