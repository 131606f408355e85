import type { ReportFormat } from '../../common/suiteModel.ts';
import { nodeFiles } from '../../disk/nodeFiles.ts';
import type { Store } from '../../storage/contract.ts';
import { exportRun } from '../../suites/export/exportRun.ts';
import { storedReport } from '../../suites/export/storedReport.ts';
import { openRunFiles } from '../../suites/runFiles.ts';

/** A stored run as text in this format. Rejects with `not-found` and `storage`. */
export async function exportStoredRun(
	store: Pick<Store, 'read' | 'status'>,
	runId: string,
	format: ReportFormat,
): Promise<string> {
	const run = await store.read(({ runs }) => runs.get(runId));
	const files = openRunFiles(store.status.folder, nodeFiles);
	const pieces: string[] = [];
	for await (const piece of exportRun(await storedReport(run, files), format)) {
		pieces.push(piece);
	}
	return pieces.join('');
}
