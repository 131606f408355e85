import * as vscode from 'vscode';
import { AppError, isAppError } from '../../../common/errors.ts';
import { readSettings } from '../../kit/settings.ts';
import { promptDocument } from '../promptDocument.ts';
import { resolvePrompt } from '../resolvePrompt.ts';
import { chosenVariant, confirmRun } from '../startConsent.ts';
import { stopAsked } from '../stopAsked.ts';
import type { SuiteFiles } from '../suiteFiles.ts';
import { runUntilAsked } from './runUntilAsked.ts';
import type { TestsServices } from './testsServices.ts';
import type { ListedTests, TestGroup, TestingServices } from './testingServices.ts';

/** What the Test Explorer needs, from the store, the workspace and VS Code. */
export function editorTesting(controller: vscode.TestController, services: TestsServices): TestingServices {
	const { suiteFiles, suiteRuns, openStore, workshop, log } = services;
	// Looking at a prompt must not save its document.
	const places = { openStore, documents: { save: () => Promise.resolve() }, workshop };
	return {
		controller,
		objects: vscode,
		list: async () => (await suiteFiles.names()).flatMap(listed),
		source: (uri) => found(() => suiteFiles.source(vscode.Uri.parse(uri))),
		savedSource: (uri) => found(() => suiteFiles.savedSource(vscode.Uri.parse(uri))),
		read: (source) => suiteFiles.read(source),
		async promptHash(reference, suite) {
			try {
				return (await resolvePrompt(places, reference, suite)).hash;
			} catch (error) {
				if (isAppError(error, 'internal') || isAppError(error, 'storage')) {
					throw error;
				}
				return undefined;
			}
		},
		chosenVariants: (source) => chosenVariant(services, source),
		async plan(source, options) {
			const { planRun } = await import('../../../suites/planRun.ts');
			return planRun(await suiteRuns.context(), source, options);
		},
		confirm: (source, plan, options) => confirmRun(services, source, plan, options),
		run: (source, options) => runUntilAsked(suiteRuns, (runId) => stopAsked(suiteRuns, runId), source, options),
		async *runMuted(source, options, prompts) {
			const { mutedContext } = await import('../../../suites/coverage/mutedContext.ts');
			yield* suiteRuns.run(source, options, { adapt: (context) => mutedContext(context, prompts) });
		},
		maxCoverageCalls: () => readSettings().suites.maxCoverageCalls,
		promptDocument: (reference, suite) => promptDocument(openStore, reference, suite),
		maxCostUsd: () => readSettings().suites.maxCostUsd,
		storedRuns: async (suite) => (await openStore()).read(({ runs }) => runs.list({ suite })),
		trials: async (runId) => (await suiteRuns.context()).files.trials(runId),
		async compare(runA, runB) {
			const { compareStoredRuns } = await import('../../../suites/compare/storedComparison.ts');
			return compareStoredRuns(await suiteRuns.context(), runA, runB);
		},
		showComparison: (runA, runB) => void vscode.commands.executeCommand('promptWorkshop.compareRuns', runA, runB),
		onFailed: (error) => log.error(`[testing] ${String(error)}`),
	};
}

/** In the innermost folder of the workspace, so that a file is listed once also where folders contain each other. */
function listed({ uri, name, document }: Awaited<ReturnType<SuiteFiles['names']>>[number]): ListedTests[] {
	if (uri.scheme === 'prompt-suite') {
		const group: TestGroup = { id: 'store', label: vscode.l10n.t('Drafts and prompts') };
		return [{ uri: uri.toString(), document: document.toString(), name, group }];
	}
	const folder = vscode.workspace.getWorkspaceFolder(uri);
	if (!folder) {
		return [];
	}
	const group: TestGroup = { id: folder.uri.toString(), label: folder.name, uri: folder.uri };
	const shown = vscode.workspace.asRelativePath(uri, false);
	return [{ uri: uri.toString(), document: document.toString(), name: shown, group }];
}

/** A file that is gone is like a suite of the store that is. */
async function found<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
			throw new AppError('not-found', vscode.l10n.t('The suite no longer exists'), { cause: error });
		}
		throw error;
	}
}
