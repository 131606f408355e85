import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import type { StoredTrial, SuiteRun } from '../../common/suiteModel.ts';
import type { PlannedRun } from '../plannedRun.ts';
import type { RunPins } from '../suiteContext.ts';
import { trialCount } from '../trialOrder.ts';
import { splitLines } from './splitLines.ts';
import type { ReportedRun } from './reportedRun.ts';
import { RunCounts } from './runCounts.ts';
import { pinsSchema, runDocumentFormat, runDocumentVersion, runSchema, trialSchema } from './runDocument.ts';

/** A run that was read from its JSON document. */
export interface RunDocument extends ReportedRun {
	pins: RunPins & { plan: PlannedRun };
}

interface Parts {
	run: unknown;
	pins: unknown;
	/** One at a time, and unchecked. */
	trials: () => AsyncIterable<unknown>;
}

/**
 * Reads the JSON document of a run, whose text `open` reads from its beginning at each call. Every trial is checked now and
 * read again when it is used, so that memory holds one. Rejects with `validation` that says what is wrong.
 */
export async function readRunDocument(open: () => AsyncIterable<string>): Promise<RunDocument> {
	const parts = (await ownLayout(open)) ?? (await anyLayout(open));
	const run = checked<SuiteRun>(runSchema, parts.run, 'run');
	const pins = checked<RunDocument['pins']>(pinsSchema, parts.pins, 'pins');
	if (pins.runId !== run.runId) {
		throw damaged('pins.runId', l10n.t('it is not that of the run'));
	}
	const slots = trialCount(pins.plan);
	const counts = new RunCounts();
	const seen = new Set<string>();
	const labels = new Set(pins.plan.variants.map(({ label }) => label));
	const trials = async function* () {
		let number = 0;
		for await (const value of parts.trials()) {
			yield checked<StoredTrial>(trialSchema, value, `trials[${number++}]`);
		}
	};
	for await (const trial of trials()) {
		const field = `trials[${seen.size}]`;
		if (!trial.trialId.startsWith(`${run.runId}-`) || seen.has(trial.trialId)) {
			throw damaged(`${field}.trialId`, l10n.t('it is doubled, or that of another run'));
		}
		if (!labels.has(trial.variant)) {
			throw damaged(`${field}.variant`, l10n.t('the run has no such variant'));
		}
		seen.add(trial.trialId);
		counts.add(trial);
	}
	if (seen.size > slots) {
		throw damaged('trials', l10n.t('there are more than were planned'));
	}
	const pinsText = async function* () {
		yield JSON.stringify(pins);
	};
	return { run: counts.report(run), pins, pinsText, trials };
}

/** As this program writes it: undefined if another program rewrote it. */
async function ownLayout(open: () => AsyncIterable<string>): Promise<Parts | undefined> {
	const lines = splitLines(open());
	try {
		const head: string[] = [];
		while (head.length < 4) {
			const { value, done } = await lines.next();
			if (done || (head.length === 0 && !/^\{"format":"[\w-]+","version":\d+,$/.test(value))) {
				return undefined;
			}
			head.push(value);
		}
		const [, runLine = '', pinsLine = '', start] = head;
		if (!runLine.startsWith('"run":{') || !pinsLine.startsWith('"pins":{') || start !== '"trials":[') {
			return undefined;
		}
		requireFormat(parsed(`${head[0]?.slice(0, -1)}}`));
		return {
			run: parsed(runLine.slice('"run":'.length).replace(/,$/, '')),
			pins: parsed(pinsLine.slice('"pins":'.length).replace(/,$/, '')),
			trials: () => trialLines(open),
		};
	} finally {
		await lines.return(undefined);
	}
}

async function* trialLines(open: () => AsyncIterable<string>): AsyncGenerator<unknown> {
	let number = 0;
	let hasEnded = false;
	for await (const line of splitLines(open())) {
		if (number++ < 4) {
			continue;
		}
		if (line === ']}') {
			hasEnded = true;
		} else if (line.trim() !== '') {
			yield parsed(line.replace(/,$/, ''));
		}
	}
	if (!hasEnded) {
		throw new AppError('validation', l10n.t('The report is cut off: it has no end'), { info: { field: 'report' } });
	}
}

async function anyLayout(open: () => AsyncIterable<string>): Promise<Parts> {
	const pieces: string[] = [];
	for await (const piece of open()) {
		pieces.push(piece);
	}
	const value = parsed(pieces.join(''));
	requireFormat(value);
	const { run, pins, trials } = value as Record<string, unknown>;
	if (!Array.isArray(trials)) {
		throw damaged('trials', l10n.t('it is no list'));
	}
	return {
		run,
		pins,
		async *trials() {
			yield* trials as unknown[];
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (cause) {
		throw new AppError('validation', l10n.t('The report is not valid JSON'), { cause, info: { field: 'report' } });
	}
}

function requireFormat(value: unknown): void {
	const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	if (format !== runDocumentFormat || typeof version !== 'number') {
		throw new AppError('validation', l10n.t('This is not the JSON report of a run'), { info: { field: 'report' } });
	}
	if (version > runDocumentVersion) {
		throw new AppError('validation', l10n.t('The report was written by a newer version of Prompt Workshop'), {
			info: { field: 'report' },
		});
	}
}

/** The value itself, so that what it has besides survives. */
function checked<Value>(schema: v.GenericSchema, value: unknown, field: string): Value {
	const result = v.safeParse(schema, value, { abortEarly: true });
	if (!result.success) {
		const [issue] = result.issues;
		throw damaged([field, v.getDotPath(issue)].filter(Boolean).join('.'), issue.message);
	}
	return value as Value;
}

function damaged(field: string, reason: string): AppError {
	return new AppError('validation', l10n.t('The report cannot be used: {0}: {1}', field, reason), {
		info: { field: 'report' },
	});
}
