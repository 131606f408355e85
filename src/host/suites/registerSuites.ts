import * as vscode from 'vscode';
import type { FeatureServices } from '../kit/featureServices.ts';
import type { WorkshopPanels } from '../workshop/workshopPanel.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { readSettings } from '../kit/settings.ts';
import { RunConsent } from './runConsent.ts';
import { SuiteFiles } from './suiteFiles.ts';
import { StoredFileSystem } from '../kit/storedFileSystem.ts';
import { BlindPanels } from './blind/blindPanels.ts';
import { DashboardPanels } from './dashboard/dashboardPanels.ts';
import { ReportPanels } from './report/reportPanels.ts';
import { suiteDocuments } from './suiteDocuments.ts';
import { SuiteRuns } from './suiteRuns.ts';
import type { SuiteServices } from './suiteServices.ts';
import { SuitesTree } from './suitesTree.ts';
import { registerTesting } from './testing/registerTesting.ts';

type Given = FeatureServices &
	Omit<
		SuiteServices,
		'suiteFiles' | 'suiteRuns' | 'suitesTree' | 'consent' | 'openTests' | 'reports' | 'dashboard' | 'blindPanels'
	> & {
		panels: WorkshopPanels;
	};

/** Registers test suites: their documents, problems, runs, tree and commands, and the Suite tab of the Workshop's panels. */
export function registerSuites(services: Given): SuiteServices {
	const { extension, log, own, commands, openStore, onDidOpenStore, onStoreFailed, panels, readOnly } = services;
	const onFailed = (error: unknown) => log.error(String(error));
	const suiteFiles = new SuiteFiles(openStore);
	const fileSystem = own(new StoredFileSystem(openStore, suiteDocuments, onFailed));
	const consent = new RunConsent(extension.workspaceState);
	const suiteRuns = own(
		new SuiteRuns(async () => {
			const { editorContext } = await import('./editorContext.ts');
			return editorContext({ ...services, suiteFiles });
		}, onFailed),
	);
	const suitesTree = own(
		new SuitesTree({ openStore, suiteFiles, suiteRuns, onFailed: onStoreFailed }, vscode.window.createTreeView),
	);
	readOnly.add({
		run: async (runId) => {
			const [{ exportStoredRun }, store] = await Promise.all([import('./exportStoredRun.ts'), openStore()]);
			return { text: await exportStoredRun(store, runId, 'md'), origin: { runs: [runId] } };
		},
	});
	onDidOpenStore((store) => {
		fileSystem.follow(store);
		store.onDidChange((change) => suitesTree.follow(change));
		import('./tidyRuns.ts')
			.then(({ markInterruptedRuns }) => markInterruptedRuns(store, suiteRuns.running))
			.catch(onFailed);
	});
	const removeOld = async () => {
		const [{ removeOldRuns }, { files }, store] = await Promise.all([
			import('./tidyRuns.ts'),
			suiteRuns.context(),
			openStore(),
		]);
		await removeOldRuns(store, files, readSettings().suites.keepRuns, suiteRuns.running);
	};
	own(
		suiteRuns.onNews(({ event }) => {
			if (event.type === 'done') {
				removeOld().catch(onFailed);
			}
		}),
	);
	panels.suiteTabs = {
		async open(draftId, store, send) {
			const { SuitePanel } = await import('./suitePanel.ts');
			const { run: runCommand } = commands;
			return new SuitePanel({
				draftId,
				store,
				files: suiteFiles,
				runs: suiteRuns,
				consent,
				hasBatch: () => services.models().providers.some(({ batch }) => batch !== undefined),
				runCommand,
				send,
				onFailed,
			});
		},
	};
	const { topics } = services;
	const ofPanels = { extension, openStore, suiteRuns, topics, runCommand: commands.run, log };
	const reports = own(new ReportPanels(ofPanels));
	const dashboard = own(new DashboardPanels(ofPanels));
	const blindPanels = own(new BlindPanels(ofPanels));
	const shared = { ...services, suiteFiles, suiteRuns, suitesTree, consent, reports, dashboard, blindPanels };
	const slice: SuiteServices = { ...shared, openTests: registerTesting(shared) };
	import('./suiteEditing.ts').then(({ suiteEditing }) => own(suiteEditing(slice, onFailed))).catch(onFailed);
	commands.add(slice, [
		lazyCommand('newSuite', async () => (await import('./newSuite.ts')).newSuite),
		lazyCommand('openSuite', async () => (await import('./openSuite.ts')).openSuite),
		lazyCommand('runSuite', async () => (await import('./runSuite.ts')).runSuite),
		lazyCommand('runAb', async () => (await import('./runAb.ts')).runAb),
		lazyCommand('bisect', async () => (await import('./bisect.ts')).bisect),
		lazyCommand('resumeRun', async () => (await import('./resumeRun.ts')).resumeRun),
		lazyCommand('stopRun', async () => (await import('./stopRun.ts')).stopRun),
		lazyCommand('openRun', async () => (await import('./openRun.ts')).openRun),
		lazyCommand('openReport', async () => (await import('./report/openReport.ts')).openReport),
		lazyCommand('openDashboard', async () => (await import('./dashboard/openDashboard.ts')).openDashboard),
		lazyCommand('exportRun', async () => (await import('./exportRun.ts')).exportRun),
		lazyCommand('compareRuns', async () => (await import('./compareRuns.ts')).compareRuns),
		lazyCommand('blessBaseline', async () => (await import('./blessBaseline.ts')).blessBaseline),
		lazyCommand('blindRating', async () => (await import('./blind/blindRating.ts')).blindRating),
		lazyCommand('checkJudge', async () => (await import('./checkJudge.ts')).checkJudge),
		lazyCommand('removeBaseline', async () => (await import('./removeBaseline.ts')).removeBaseline),
		lazyCommand('deleteRun', async () => (await import('./deleteRun.ts')).deleteRun),
		lazyCommand('runCase', async () => (await import('./testing/runCase.ts')).runCase),
		lazyCommand('revealTests', async () => (await import('./testing/revealTests.ts')).revealTests),
		lazyCommand('keepAsCase', async () => (await import('./keepAsCase.ts')).keepAsCase),
		lazyCommand('proposeCases', async () => (await import('./proposeCases.ts')).proposeCases),
	]);
	return slice;
}
