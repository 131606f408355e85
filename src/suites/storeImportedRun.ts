import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { StoredTrial, SuiteRun } from '../common/suiteModel.ts';
import { textHash } from '../disk/textHash.ts';
import type { ImportedRun } from '../formats/imported.ts';
import { caseHash } from './caseHash.ts';
import { graders } from './graders/all.ts';
import type { PlannedCase, PlannedRun } from './plannedRun.ts';
import { readSuite } from './readSuite.ts';
import { renderCase } from './renderCase.ts';
import { RunTally } from './runTally.ts';
import type { SuiteCase } from './suite.ts';
import type { RunPins, SuiteContext } from './suiteContext.ts';
import { numberOfSlot, trialIdOf } from './trialOrder.ts';

/** The suite that an imported run belongs to, as it is stored. */
export interface ImportedSuite {
	uri: string;
	name: string;
	/** YAML. */
	text: string;
}

/**
 * Stores a run of another tool with that tool's verdicts: no model is asked, and nothing is graded. It is a run of recorded
 * answers, so it is never taken for one of a model that was asked here. Resolves to its id. Rejects with `validation` if the
 * suite has not the cases that were answered, and with `storage`; nothing stays stored then.
 */
export async function storeImportedRun(
	{ files, records, now }: Pick<SuiteContext, 'files' | 'records' | 'now'>,
	imported: ImportedRun,
	suite: ImportedSuite,
): Promise<string> {
	const runId = randomUUID();
	const suiteCases = await readCases(suite.text);
	const plan = planOf(imported, suite, suiteCases);
	const time = now().toISOString();
	const { uri, text } = suite;
	const pins: RunPins = { format: 1, runId, suite: uri, suiteText: text, plan };
	const tally = new RunTally(recordOf(imported, plan, pins, time));
	const log = await files.create(pins);
	try {
		try {
			const trials = storedTrials(imported, plan, runId, time);
			trials.forEach((trial) => tally.add(trial));
			await Promise.all(trials.map((trial) => log.append(trial)));
		} finally {
			await log.close();
		}
		await records.put(tally.snapshot({}));
	} catch (thrown) {
		await files.remove(runId);
		throw thrown;
	}
	return runId;
}

async function readCases(text: string): Promise<SuiteCase[]> {
	const { suite } = await readSuite(text, {
		format: 'yaml',
		graders,
		readFile: (path) => Promise.reject(new AppError('not-found', path)),
	});
	return suite?.cases ?? [];
}

/** The cases that were answered, each as often as it was. */
function planOf({ trials, label }: ImportedRun, { name, text }: ImportedSuite, all: readonly SuiteCase[]): PlannedRun {
	const repeats = new Map<number, number>();
	for (const { case: index, repeat } of trials) {
		repeats.set(index, Math.max(repeat, repeats.get(index) ?? 0));
	}
	const cases = [...repeats].map(([index, repeat]): PlannedCase => {
		const one = all[index];
		if (!one) {
			throw new AppError('validation', l10n.t('The suite "{0}" has not all cases that the run answers', name));
		}
		return { output: '', ...one, index, repeat, hash: caseHash(one), judgeCalls: 0, needsOthers: false };
	});
	return {
		suiteName: name,
		suiteHash: textHash(text),
		variants: [{ kind: 'recorded', label, output: null }],
		cases,
		repeat: null,
		seed: 0,
		maxCostUsd: null,
		maxCalls: null,
		reuse: false,
		isImported: true,
		judgeModel: null,
		estimate: { trials: trials.length, calls: 0, inputTokens: 0 },
	};
}

function storedTrials({ trials, label, endedAt }: ImportedRun, plan: PlannedRun, runId: string, time: string) {
	const { cases } = plan;
	const places = new Map(cases.map(({ index }, caseAt) => [index, caseAt]));
	return trials.flatMap(({ case: index, ...trial }): StoredTrial[] => {
		const caseAt = places.get(index) ?? 0;
		const one = cases[caseAt];
		if (!one) {
			return [];
		}
		const { query, messages } = renderCase({ ...one, assert: [] });
		const number = numberOfSlot(
			{ cases: cases.length, variants: 1 },
			{ caseAt, variantAt: 0, repeat: trial.repeat },
		);
		return [
			{
				...trial,
				trialId: trialIdOf(runId, { number }),
				case: { name: one.name, hash: one.hash, index },
				variant: label,
				timeToFirstTokenMs: null,
				// It cost something, and nobody here knows what.
				costUsd: null,
				reused: false,
				endedAt: endedAt ?? time,
				query: query ?? messages?.at(-1)?.content ?? '',
				requestHash: textHash(trial.output),
			},
		];
	});
}

function recordOf(imported: ImportedRun, plan: PlannedRun, { runId, suite }: RunPins, time: string): SuiteRun {
	const { label, status, reason, startedAt = time, endedAt = startedAt } = imported;
	const nothing = { passed: 0, failed: 0, errors: 0, reused: 0, costUsd: 0 };
	return {
		runId,
		suite,
		suiteName: plan.suiteName,
		suiteHash: plan.suiteHash,
		startedAt,
		endedAt,
		status,
		reason,
		trials: plan.estimate.trials,
		done: 0,
		calls: 0,
		costUsd: 0,
		maxCostUsd: null,
		maxCalls: null,
		isImported: true,
		variants: [{ label, prompt: null, promptHash: null, model: null, isModel: true, thinking: null, ...nothing }],
	};
}
