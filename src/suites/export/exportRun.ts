import type { ReportFormat } from '../../common/suiteModel.ts';
import { csvReport } from './csvReport.ts';
import { htmlReport } from './htmlReport.ts';
import { jsonReport } from './jsonReport.ts';
import { junitReport } from './junitReport.ts';
import { markdownReport } from './markdownReport.ts';
import { inPieces } from './pieces.ts';
import type { ReportedRun } from './reportedRun.ts';

const reports: Record<ReportFormat, (run: ReportedRun) => AsyncIterable<string>> = {
	json: jsonReport,
	junit: junitReport,
	csv: csvReport,
	md: markdownReport,
	html: htmlReport,
};

/** A run as text in pieces; the trials are read while it is written, so its length does not matter. */
export function exportRun(run: ReportedRun, format: ReportFormat): AsyncIterable<string> {
	return inPieces(reports[format](run));
}
