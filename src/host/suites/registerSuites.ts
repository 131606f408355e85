import type { FeatureServices } from '../kit/featureServices.ts';
import type { WorkshopPanels } from '../workshop/workshopPanel.ts';
import { keepAsCase } from './keepAsCase.ts';
import { newSuite } from './newSuite.ts';
import { openSuite } from './openSuite.ts';
import { resumeRun } from './resumeRun.ts';
import { runSuite } from './runSuite.ts';
import { RunConsent } from './runConsent.ts';
import { SuiteDiagnostics } from './suiteDiagnostics.ts';
import { SuiteFiles } from './suiteFiles.ts';
import { SuiteFileSystem } from './suiteFileSystem.ts';
import { SuiteRuns } from './suiteRuns.ts';
import type { SuiteServices } from './suiteServices.ts';

type Given = FeatureServices & Omit<SuiteServices, 'suiteFiles' | 'suiteRuns' | 'consent'> & { panels: WorkshopPanels };

/** Registers test suites: their documents, problems, runs and commands, and the Suite tab of the Workshop's panels. */
export function registerSuites(services: Given): SuiteServices {
	const { extension, log, own, commands, openStore, onDidOpenStore, panels } = services;
	const onFailed = (error: unknown) => log.error(String(error));
	const suiteFiles = new SuiteFiles(openStore);
	const fileSystem = own(new SuiteFileSystem(openStore, onFailed));
	own(new SuiteDiagnostics(suiteFiles, onFailed));
	const consent = new RunConsent(extension.workspaceState);
	const suiteRuns = own(
		new SuiteRuns(async () => {
			const { editorContext } = await import('./editorContext.ts');
			return editorContext({ ...services, suiteFiles });
		}, onFailed),
	);
	onDidOpenStore((store) => {
		fileSystem.follow(store);
		store.write(({ runs }) => runs.markInterrupted(suiteRuns.running)).catch(onFailed);
	});
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
				runCommand,
				send,
				onFailed,
			});
		},
	};
	const slice: SuiteServices = { ...services, suiteFiles, suiteRuns, consent };
	commands.add(slice, [newSuite, openSuite, runSuite, resumeRun, keepAsCase]);
	return slice;
}
