import * as vscode from 'vscode';
import type { SuiteRunOptions } from '../../common/suiteModel.ts';
import type { PlannedRun } from '../../suites/plannedRun.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import { cancelled } from '../kit/arguments.ts';
import { showWarning } from '../kit/notify.ts';
import { choosePrompt } from './choosePrompt.ts';
import { planText } from '../../suites/planText.ts';
import type { ConfirmOptions } from './confirmOptions.ts';
import type { SuiteServices } from './suiteServices.ts';

/** The limits of a run, after the user agreed to its plan if that is needed. Rejects with `cancelled` if not. */
export async function confirmRun(
	{ consent }: Pick<SuiteServices, 'consent'>,
	{ uri, name }: Pick<SuiteSource, 'uri' | 'name'>,
	plan: PlannedRun,
	{ question, note, planBatch }: ConfirmOptions = {},
): Promise<Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls' | 'batch'>> {
	const caps = consent.caps(plan);
	if (question !== undefined || consent.isNeeded(uri, plan)) {
		const run = vscode.l10n.t('Run');
		const canBatch = planBatch !== undefined && (plan.estimate.batch?.trials ?? 0) > 0;
		const { batch, ...estimate } = plan.estimate;
		// What is not offered is not said.
		const text = planText({ ...plan, estimate: { ...estimate, ...(canBatch && batch && { batch }) } }, caps);
		const modal = { modal: true, detail: note === undefined ? text : `${text}\n${note}` };
		const asBatch = vscode.l10n.t('Run as Batch');
		const buttons = canBatch ? [run, asBatch] : [run];
		const answer = await showWarning(question ?? vscode.l10n.t('Run the suite "{0}"?', name), modal, ...buttons);
		if (answer === undefined) {
			throw cancelled();
		}
		await consent.give(uri, plan);
		return answer === asBatch && planBatch ? { ...consent.caps(await planBatch()), batch: true } : caps;
	}
	await consent.give(uri, plan);
	return caps;
}

/** The prompt that the user chooses if the suite names none and a case needs one. */
export async function chosenVariant(
	services: Pick<SuiteServices, 'suiteFiles' | 'openStore'>,
	source: SuiteSource,
): Promise<Pick<SuiteRunOptions, 'variants'>> {
	const { suite, problems } = await services.suiteFiles.read(source);
	const isBroken = !suite || problems.some(({ severity }) => severity !== 'warning');
	const asks = suite?.cases.some(({ output, outputs }) => output === undefined && !outputs) ?? false;
	const isNamed = source.prompt !== undefined || (suite?.prompts.length ?? 0) > 0;
	// The plan says what is wrong with a broken one.
	return isBroken || isNamed || !asks ? {} : { variants: [{ prompt: await choosePrompt(services) }] };
}
