import * as l10n from '@vscode/l10n';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, normalize, resolve } from 'node:path';
import { AppError } from '../common/errors.ts';
import { reportFormats, type ReportFormat } from '../common/suiteModel.ts';
import { comparableReport, type ComparableReport } from '../suites/compare/comparableReport.ts';
import { errorCode } from '../disk/files.ts';
import { exportRun } from '../suites/export/exportRun.ts';
import { readRunDocument, type RunDocument } from '../suites/export/readRunDocument.ts';
import type { ReportedRun } from '../suites/export/reportedRun.ts';
import { program } from './help.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usageError.ts';

const formats: Record<string, ReportFormat> = {
	'.json': 'json',
	'.xml': 'junit',
	'.csv': 'csv',
	'.md': 'md',
	'.html': 'html',
};

/** Bytes of the summary of a step, with all its suites: GitHub shows nothing of one that is longer than 1 MiB. */
const maxStepSummary = 1_000_000;

export interface ReportTarget {
	/** As written; `{suite}` stands for the name of the suite. */
	path: string;
	format: ReportFormat;
}

/**
 * The files of `--out`, before anything is asked. Throws a usage error for an unknown extension or one whose format is not
 * among `allowed`, and for one file for several suites or options, of which only the last would be left.
 */
export function reportTargets(
	paths: readonly string[],
	suites: readonly string[],
	allowed: readonly ReportFormat[] = reportFormats,
): ReportTarget[] {
	const owners = new Map<string, string>();
	return paths.map((path) => {
		const format = formats[extname(path).toLowerCase()];
		if (!format || !allowed.includes(format)) {
			throw usageError(
				allowed === reportFormats
					? l10n.t('--out {0}: the name must end with .json, .xml, .csv, .md or .html', path)
					: l10n.t('--out {0}: the name must end with .json or .md', path),
				'out',
			);
		}
		if (suites.length > 1 && !path.includes('{suite}')) {
			throw usageError(
				l10n.t('--out {0} is one file for {1} suites: write {suite} into its name', path, suites.length),
				'out',
			);
		}
		for (const suite of suites) {
			const name = withSuite(path, suite);
			// Some file systems take names that differ in case for one.
			const key = normalize(name).toLowerCase();
			const other = owners.get(key);
			if (other !== undefined) {
				throw usageError(
					other === suite
						? l10n.t('--out names {0} twice; give it once', name)
						: l10n.t(
								'The reports of {0} and {1} would both be {2}: run these suites one by one',
								other,
								suite,
								name,
							),
					'out',
				);
			}
			owners.set(key, suite);
		}
		return { path, format };
	});
}

/** Writes the reports of a run, each completely or not at all. */
export async function writeReports(run: ReportedRun, targets: readonly ReportTarget[], folder: string): Promise<void> {
	for (const { path, format } of targets) {
		await writeReport(path, run.run.suiteName, exportRun(run, format), folder);
	}
}

/** Writes one report, completely or not at all. Rejects with `storage`. */
export async function writeReport(
	path: string,
	suiteName: string,
	pieces: AsyncIterable<string> | Iterable<string>,
	folder: string,
): Promise<void> {
	const file = resolve(folder, withSuite(path, suiteName));
	const temporary = `${file}.${process.pid}.tmp`;
	try {
		await mkdir(dirname(file), { recursive: true });
		const handle = await open(temporary, 'w');
		try {
			for await (const piece of pieces) {
				// Unlike write, it goes on until all of it is written.
				await handle.writeFile(piece);
			}
		} finally {
			await handle.close();
		}
		await rename(temporary, file);
	} catch (cause) {
		await rm(temporary, { force: true });
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new AppError('storage', l10n.t('The report {0} was not written: {1}', path, reason), { cause });
	}
}

/** The path with the name of the suite instead of `{suite}`. The name may come from a report, so it cannot lead to another folder. */
export function withSuite(path: string, suite: string): string {
	const name = suite.replace(/\.prompttest\.\w+$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
	return path.replaceAll('{suite}', /^\.*$/.test(name) ? 'suite' : name);
}

/** Adds the run to the summary of a step of GitHub Actions, if this is one. */
export async function addStepSummary(run: ReportedRun, terminal: Terminal): Promise<void> {
	if ((terminal.environment['GITHUB_STEP_SUMMARY'] ?? '') === '') {
		return;
	}
	const pieces: string[] = [];
	for await (const piece of exportRun(run, 'md')) {
		pieces.push(piece);
	}
	await addToStepSummary(pieces.join(''), terminal);
}

/** Adds a document to the summary of a step of GitHub Actions, if this is one. */
export async function addToStepSummary(text: string, { environment, err }: Terminal): Promise<void> {
	const file = environment['GITHUB_STEP_SUMMARY'] ?? '';
	if (file === '') {
		return;
	}
	try {
		const before = await stat(file).catch(() => undefined);
		const room = Math.max(0, maxStepSummary - (before?.size ?? 0) - 1);
		// A line that is cut in two could be half of a table or a character.
		const bytes = Buffer.from(text);
		const shown = bytes.length <= room ? bytes : bytes.subarray(0, bytes.lastIndexOf('\n', room) + 1);
		if (shown.length < bytes.length) {
			err(`${l10n.t('The summary of this step is cut off: GitHub shows at most 1 MB')}\n`);
		}
		if (shown.length > 0) {
			await appendFile(file, `${shown.toString()}\n`);
		}
	} catch (error) {
		err(`${l10n.t('The summary of this step was not written: {0}', String(error))}\n`);
	}
}

/** Reads a JSON report. Throws a usage error that names the file. */
export async function openReport(path: string, folder: string): Promise<RunDocument> {
	const file = resolve(folder, path);
	try {
		return await readRunDocument(() => createReadStream(file, { encoding: 'utf8', highWaterMark: 1024 * 1024 }));
	} catch (cause) {
		if (errorCode(cause) === 'ENOENT') {
			throw usageError(l10n.t('There is no report {0}', path), 'report');
		}
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw usageError(`${path}: ${reason}`, 'report');
	}
}

/** Reads a JSON report for a comparison. Throws a usage error that names the file, also for a part of a run. */
export async function openComparable(
	path: string,
	folder: string,
): Promise<ComparableReport & { document: RunDocument }> {
	const document = await openReport(path, folder);
	const { shard } = document.pins.plan;
	if (shard) {
		throw usageError(
			l10n.t(
				'{0} is part {1} of {2} of a run. Join the parts first: {3} merge PART.. --out run.json',
				path,
				shard.index,
				shard.of,
				program,
			),
			'report',
		);
	}
	return { ...(await comparableReport(document)), document };
}
