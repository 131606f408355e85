import * as vscode from 'vscode';
import { isSuiteFile, suiteAddress, suiteOwnerOf } from '../suiteUri.ts';
import type { OpenedTests, OpenTests } from './openedTests.ts';
import type { TestsServices } from './testsServices.ts';

/** Registers the Test Explorer. Nothing of it is loaded before VS Code asks for tests or a suite is opened. */
export function registerTesting(services: TestsServices): OpenTests {
	const { own, log } = services;
	const controller = own(vscode.tests.createTestController('promptWorkshop.suites', vscode.l10n.t('Prompt suites')));
	let opened: Promise<OpenedTests> | undefined;
	const openTests: OpenTests = () =>
		(opened ??= import('./openTestExplorer.ts').then(({ openTestExplorer }) =>
			own(openTestExplorer(controller, services)),
		));
	controller.resolveHandler = async (item) => (await openTests()).explorer.resolve(item);
	controller.refreshHandler = async () => (await openTests()).explorer.refresh();
	// The marks beside the cases of an open suite need not wait for the view.
	const show = ({ uri }: vscode.TextDocument) => {
		if (suiteOwnerOf(uri) ?? isSuiteFile(uri)) {
			openTests()
				.then(({ explorer }) => explorer.show(suiteAddress(uri).toString(), uri.toString()))
				.catch((error: unknown) => log.error(String(error)));
		}
	};
	own(vscode.workspace.onDidOpenTextDocument(show));
	vscode.workspace.textDocuments.forEach(show);
	return openTests;
}
