import { keepHeapSmall } from '../../../src/cli/keepHeapSmall.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { reportFormats } from '../../../src/common/suiteModel.ts';
import { exportRun } from '../../../src/suites/export/exportRun.ts';
import { storedReport } from '../../../src/suites/export/storedReport.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { runFixture } from '../suites/runFixture.ts';

// node exportChild.ts <folder>: writes every report of the stored run, and tells the peak of its resident memory in MB.
keepHeapSmall();
const [folder = ''] = process.argv.slice(2);
const report = await storedReport(runFixture(), openRunFiles(folder, nodeFiles));
let length = 0;
for (const format of reportFormats) {
	for await (const piece of exportRun(report, format)) {
		length += piece.length;
	}
}
process.send?.({ peak: process.resourceUsage().maxRSS / 1024, length });
process.disconnect?.();
