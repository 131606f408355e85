import type * as vscode from 'vscode';
import type { SuiteRunOptions } from '../../common/suiteModel.ts';
import type { PlannedRun } from '../../suites/plannedRun.ts';
import { readSettings } from '../kit/settings.ts';

/** Models that the user agreed to, by suite. */
type Agreed = Record<string, string[]>;

const agreedKey = 'promptWorkshop.suiteModels';

/** A run of models without a known price is limited to so many times the planned requests. */
const callsFactor = 3;
const fewestCalls = 20;

/** Whether a run may start, and within which limits: a suite file must not decide alone what is spent. */
export class RunConsent {
	readonly #memory: vscode.Memento;

	constructor(memory: vscode.Memento) {
		this.#memory = memory;
	}

	/** Whether the user is asked: once for each suite and model, and always above the limit of the settings or without a price. */
	isNeeded(suite: string, { variants, judgeModel, estimate }: PlannedRun): boolean {
		const models = paidModels({ variants, judgeModel });
		if (models.length === 0) {
			return false;
		}
		const agreed = this.#memory.get<Agreed>(agreedKey, {})[suite] ?? [];
		const { costUsd } = estimate;
		return (
			costUsd === undefined ||
			costUsd > readSettings().suites.maxCostUsd ||
			models.some((model) => !agreed.includes(model))
		);
	}

	async give(suite: string, plan: PlannedRun): Promise<void> {
		const all = this.#memory.get<Agreed>(agreedKey, {});
		const models = new Set([...(all[suite] ?? []), ...paidModels(plan)]);
		await this.#memory.update(agreedKey, { ...all, [suite]: [...models] });
	}

	/** The caps of a run that the user started, unless it has its own. */
	caps({ estimate }: Pick<PlannedRun, 'estimate'>): Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls'> {
		const { costUsd, calls } = estimate;
		return costUsd === undefined
			? { maxCalls: Math.max(fewestCalls, callsFactor * calls) }
			: { maxCostUsd: Math.max(readSettings().suites.maxCostUsd, 2 * costUsd) };
	}
}

/** The models that a run asks and that may cost something: all but the built-in guide. */
function paidModels({ variants, judgeModel }: Pick<PlannedRun, 'variants' | 'judgeModel'>): string[] {
	const asked = variants.flatMap((variant) => (variant.kind === 'asked' && variant.isModel ? [variant.model] : []));
	return [...new Set([...asked, ...(judgeModel === null ? [] : [judgeModel])])];
}
