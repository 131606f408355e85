import * as l10n from '@vscode/l10n';
import { createSandbox } from '../suites/sandbox/createSandbox.ts';
import type { PlannedRun } from '../suites/plannedRun.ts';
import type { StoredRunFiles } from '../suites/runFiles.ts';
import type { RunFiles, RunPins, SuiteContext } from '../suites/suiteContext.ts';
import { requireComparable, type Baselines } from './baselines.ts';
import { readConversation } from './fixtures.ts';
import type { Prompts } from './openPrompts.ts';
import type { CliModels } from './providers.ts';
import type { State } from './state.ts';
import { piecesBeside, readBeside } from './suiteFiles.ts';
import { usageError } from './usageError.ts';

export interface CliSettings {
	concurrency: number;
	maxTokens: number;
	judgeModel: string | undefined;
}

/** What runs of suites need, from files and options. Whoever calls the command line trusts the suites that it names. */
export function cliContext(options: {
	folder: string;
	models: CliModels;
	prompts: Prompts;
	topics: SuiteContext['topics'];
	state: State;
	settings: CliSettings;
	/** Cases that did not pass in a report, by its path: `failedFrom` may name it like a run. */
	failedReports: ReadonlyMap<string, Awaited<ReturnType<RunFiles['trials']>>>;
	baselines: Baselines;
}): SuiteContext {
	const { folder, models, prompts, topics, state, settings, failedReports, baselines } = options;
	return {
		models: () => models.models,
		topics,
		resolvePrompt: (reference, suiteUri) => prompts.resolve(reference, suiteUri),
		readCaseFile: (path, suiteUri) =>
			/\.jsonl$/i.test(path) ? piecesBeside(path, suiteUri, folder) : readBeside(path, suiteUri, folder),
		scratchFolder: state.folder,
		conversation: (fixture, section, label) => readConversation(folder, fixture, section, label),
		records: state.records,
		files: checkedFiles(state.files, models, failedReports, baselines),
		sandbox: createSandbox({
			loadWasm: async () => (await import('@jitl/quickjs-wasmfile-release-sync/wasm')).default,
			allowed: () => true,
		}),
		settings: () => ({ ...settings, thinking: 'low' }),
		async chooseModel(purpose, given) {
			if (given !== undefined) {
				return given;
			}
			throw purpose === 'test'
				? usageError(
						l10n.t('The suite names no model: add --model provider/model, or "models:" to the suite'),
						'model',
					)
				: usageError(
						l10n.t('The suite has graders that ask a judge: name one with --judge-model provider/model'),
						'judge-model',
					);
		},
		claim: (name) => state.claim(name),
		now: () => new Date(),
	};
}

/**
 * Before a run is created, its models and its baseline are checked: a missing key is one sentence, not an error of each trial,
 * and nothing is asked for a comparison that cannot be made.
 */
function checkedFiles(
	files: StoredRunFiles,
	models: CliModels,
	failedReports: ReadonlyMap<string, Awaited<ReturnType<RunFiles['trials']>>>,
	baselines: Baselines,
): RunFiles {
	const check = (pins: RunPins) => {
		requireComparable(baselines, pins);
		modelsOf(pins.plan as PlannedRun).forEach((model) => models.requireUsable(model));
	};
	return {
		async create(pins) {
			check(pins);
			return files.create(pins);
		},
		async open(runId) {
			check(await files.pins(runId));
			return files.open(runId);
		},
		pins: (runId) => files.pins(runId),
		trials: async (runId) => failedReports.get(runId) ?? files.trials(runId),
		trial: (runId, trialId) => files.trial(runId, trialId),
		ratings: (runId) => files.ratings(runId),
		batches: (runId) => files.batches(runId),
		list: () => files.list(),
		remove: (runId) => files.remove(runId),
	};
}

function modelsOf({ variants, judgeModel }: PlannedRun): string[] {
	const asked = variants.flatMap((variant) => (variant.kind === 'asked' ? [variant.model] : []));
	return [...new Set([...asked, ...(judgeModel === null ? [] : [judgeModel])])];
}
