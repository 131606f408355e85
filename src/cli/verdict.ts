import type { RunReport, VariantReport } from '../suites/export/reportedRun.ts';
import { exitCodes } from './exitCodes.ts';

/** A mean of shares is rounded: 6 of 12 answers may be 0.49999999999999994. */
const tolerance = 1e-9;

/** What decides instead of single failures and of how the run ended. */
export interface FailureRules {
	/** `--fail-under` */
	failUnder?: number | undefined;
	/** With `--stop-early`: whether the run ended because it was clear which variant is better. */
	hasStoppedEarly?: boolean;
	/** With `--fail-on-regression`: whether the run is worse than its baseline. */
	isWorse?: boolean | undefined;
}

/** What a run found, as an exit code. With rules only these decide; trials in error are worse than failed ones. */
export function verdictOf(
	{ status, variants }: RunReport,
	{ failUnder, isWorse, hasStoppedEarly = false }: FailureRules,
): number {
	const sum = (field: 'failed' | 'errors') => variants.reduce((total, one) => total + one[field], 0);
	if (status === 'capped') {
		return exitCodes.capped;
	}
	if ((status === 'stopped' && !hasStoppedEarly) || status === 'interrupted' || status === 'running') {
		return exitCodes.interrupted;
	}
	if (status === 'failed' || sum('errors') > 0) {
		return exitCodes.errors;
	}
	const hasRules = failUnder !== undefined || isWorse !== undefined;
	const isBelow = failUnder !== undefined && variants.some((one) => passRate(one) < failUnder - tolerance);
	const isBad = hasRules ? isBelow || isWorse === true : sum('failed') > 0;
	return isBad ? exitCodes.failed : exitCodes.fine;
}

/** The built-in guide has no rate in statistics; a threshold still holds for it. A variant without answers falls below none. */
function passRate({ rate, passed, of }: VariantReport): number {
	return rate ?? (of === 0 ? 1 : passed / of);
}

/** Of several runs the code that says most: an interruption, then the cap, errors, failures. */
export function worstOf(codes: readonly number[]): number {
	const { interrupted, capped, errors, usage, failed, fine } = exitCodes;
	return [interrupted, capped, errors, usage, failed].find((code) => codes.includes(code)) ?? fine;
}
