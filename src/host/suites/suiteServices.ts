import type { DraftDocuments } from '../../workshop/context.ts';
import type { Lab } from '../../lab/lab.ts';
import type { WorkshopServices } from '../workshop/workshopServices.ts';
import type { BlindPanels } from './blind/blindPanels.ts';
import type { DashboardPanels } from './dashboard/dashboardPanels.ts';
import type { ReportPanels } from './report/reportPanels.ts';
import type { RunConsent } from './runConsent.ts';
import type { SuiteFiles } from './suiteFiles.ts';
import type { SuiteRuns } from './suiteRuns.ts';
import type { OpenTests } from './testing/openedTests.ts';
import type { SuitesTree } from './suitesTree.ts';

/** The services of the commands on suites. */
export interface SuiteServices extends WorkshopServices {
	documents: Pick<DraftDocuments, 'save'>;
	lab: Pick<Lab, 'loadFixture'>;
	suiteFiles: SuiteFiles;
	suiteRuns: SuiteRuns;
	suitesTree: SuitesTree;
	consent: RunConsent;
	openTests: OpenTests;
	reports: Pick<ReportPanels, 'open'>;
	dashboard: Pick<DashboardPanels, 'open'>;
	blindPanels: Pick<BlindPanels, 'open'>;
}
