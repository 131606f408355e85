import * as vscode from 'vscode';
import { cutText } from '../../common/cutText.ts';
import { AppError } from '../../common/errors.ts';
import type { TestResult } from '../../common/model.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteUri } from './suiteUri.ts';

const maxName = 100;

/** Adds the question of a test result to the suite of its draft; asks for a name and for what a good answer contains. */
export const keepAsCase: Command<SuiteServices> = {
	id: 'keepAsCase',
	async run(services, argument, given) {
		const store = await services.openStore();
		const testId = await resultArgument(services, argument);
		const result = await store.read(({ results }) => results.get(testId));
		const asked = await askInSteps<'name' | 'contains'>(
			vscode.l10n.t('Keep as Case'),
			(given as { name?: string; contains?: string } | undefined) ?? {},
			() => [
				{
					key: 'name',
					prompt: vscode.l10n.t('A name for the case'),
					value: cutText(result.query.replace(/\s+/g, ' '), maxName),
					check: checkName,
				},
				{
					key: 'contains',
					prompt: vscode.l10n.t(
						'A text that a good answer contains. If you leave this empty, only refusals fail',
					),
				},
			],
		);
		const uri = await addCase(services, result, caseOf(result, asked));
		void offerSuite(uri, asked.name);
		return { uri: uri.toString(), name: asked.name };
	},
};

function checkName(name: string): void {
	if (name.trim() === '' || name.length > maxName) {
		throw new AppError('validation', vscode.l10n.t('The name must have 1 to {0} characters', maxName), {
			info: { field: 'name' },
		});
	}
}

function caseOf(
	{ query, parameters }: TestResult,
	{ name, contains }: { name: string; contains: string },
): WrittenCase {
	const vars = parameters['vars'] as Record<string, unknown> | undefined;
	return {
		name: name.trim(),
		...(vars && { vars }),
		query,
		assert: [
			{ type: 'not-is-refusal' },
			...(contains.trim() === '' ? [] : [{ type: 'icontains', value: contains }]),
		],
	};
}

/** Adds a case to the suite of the result's draft, which is made if there is none; an open document is changed and saved. */
async function addCase({ openStore }: SuiteServices, result: TestResult, added: WrittenCase): Promise<vscode.Uri> {
	const { appendCase, newSuite } = await import('../../suites/writeCase.ts');
	const store = await openStore();
	const owner = { ownerKind: 'draft', ownerId: result.draftId } as const;
	const uri = suiteUri(store.status.storeId, owner);
	const open = vscode.workspace.textDocuments.find((one) => !one.isClosed && one.uri.toString() === uri.toString());
	if (open) {
		const edit = new vscode.WorkspaceEdit();
		const all = new vscode.Range(0, 0, open.lineCount, 0);
		edit.replace(uri, all, appendCase(open.getText(), added));
		if (!(await vscode.workspace.applyEdit(edit)) || !(await open.save())) {
			throw new AppError(
				'storage',
				vscode.l10n.t('The suite could not be saved. Save its document, then try again'),
			);
		}
		return uri;
	}
	await store.write(({ suites }) => {
		const before = suites.get('draft', result.draftId);
		const content = before === undefined ? newSuite(headOf(result), [added]) : appendCase(before, added);
		suites.put({ ...owner, content, now: new Date().toISOString() });
	});
	return uri;
}

function headOf({ topic }: TestResult): { description: string; topic?: string } {
	return { description: vscode.l10n.t('Questions kept from tests.'), topic };
}

async function offerSuite(uri: vscode.Uri, name: string): Promise<void> {
	const open = vscode.l10n.t('Open Suite');
	if ((await showInformation(vscode.l10n.t('"{0}" is a case of the suite now', name), open)) === open) {
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
	}
}
