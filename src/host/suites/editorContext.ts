import * as vscode from 'vscode';
import { AppError, toAppError } from '../../common/errors.ts';
import { nodeFiles } from '../../disk/nodeFiles.ts';
import { openRunFiles } from '../../suites/runFiles.ts';
import type { SuiteContext } from '../../suites/suiteContext.ts';
import { openSandbox } from '../kit/openSandbox.ts';
import { readSettings, updateJudgeModel } from '../kit/settings.ts';
import { EditorTools } from './editorTools.ts';
import { resolvePrompt } from './resolvePrompt.ts';
import { readBeside } from './suiteFiles.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Trials from which on a copy of the summaries is worth its file: those of smaller runs are read in some 20 ms. */
const largeRun = 5_000;

/** What runs of suites need from the editor. Runs are kept beside the store, which is opened for it. */
export async function editorContext(
	services: Omit<
		SuiteServices,
		'suiteRuns' | 'suitesTree' | 'consent' | 'openTests' | 'reports' | 'dashboard' | 'blindPanels'
	>,
): Promise<SuiteContext> {
	const { openStore, models, topics, modelChoice, lab, log } = services;
	const store = await openStore();
	return {
		models,
		topics,
		resolvePrompt: (reference, suiteUri) => resolvePrompt(services, reference, suiteUri),
		readCaseFile: (path, suiteUri) => readBeside(path, vscode.Uri.parse(suiteUri)),
		async conversation(fixture, section, label) {
			const { sections } = await lab.loadFixture(fixture);
			const found = sections
				.filter(({ name }) => section === undefined || name === section)
				.flatMap(({ conversations }) => conversations)
				.find((conversation) => label === undefined || conversation.label === label);
			if (!found) {
				throw new AppError('not-found', vscode.l10n.t('Fixture "{0}" has no such conversation', fixture));
			}
			return found.messages;
		},
		records: {
			put: (run) => store.write(({ runs }) => runs.put(run)),
			get: (runId) => store.read(({ runs }) => runs.get(runId)),
			list: (filter) => store.read(({ runs }) => runs.list(filter)),
		},
		files: openRunFiles(store.status.folder, nodeFiles, {
			onDamage: ({ runId, lost }) => log.warn(`[suites] run ${runId}: ${lost} trials could not be read`),
			copyFrom: largeRun,
			onCopyFailed: (error) => log.debug(`[suites] copy of summaries: ${toAppError(error).message}`),
		}),
		sandbox: openSandbox(),
		settings() {
			const { maxTokens, thinking, suites } = readSettings();
			return { maxTokens, thinking, concurrency: suites.concurrency, judgeModel: suites.judgeModel };
		},
		async chooseModel(purpose, given, signal) {
			if (purpose === 'test') {
				return modelChoice.choose('test', given, signal);
			}
			const known = given ?? readSettings().suites.judgeModel;
			if (known !== undefined) {
				return known;
			}
			const judge = await modelChoice.pick(signal);
			await updateJudgeModel(judge);
			return judge;
		},
		claim: (name) => store.claims.take(name),
		editorTools: new EditorTools(true).offer,
		now: () => new Date(),
	};
}
