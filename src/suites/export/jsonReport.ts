import type { ReportedRun } from './reportedRun.ts';
import { runDocumentFormat, runDocumentVersion } from './runDocument.ts';

/** The whole run as one JSON document, with a trial on each line, so that it can be read one at a time too. */
export async function* jsonReport({ run, pinsText, trials }: ReportedRun): AsyncGenerator<string> {
	yield `{"format":"${runDocumentFormat}","version":${runDocumentVersion},\n"run":${JSON.stringify(run)},\n"pins":`;
	for await (const piece of pinsText()) {
		// JSON on one line: a line break can only be its end.
		yield piece.replace(/\n$/, '');
	}
	yield ',\n"trials":[';
	let separator = '\n';
	for await (const trial of trials()) {
		yield `${separator}${JSON.stringify(trial)}`;
		separator = ',\n';
	}
	yield '\n]}\n';
}
