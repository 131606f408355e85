import type * as vscode from 'vscode';
import type { DraftDocuments } from '../../workshop/context.ts';
import type { LabTree } from '../lab/labTree.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import type { SuiteRuns } from '../suites/suiteRuns.ts';
import type { ImportReports } from './importReports.ts';
import type { LinkedFileWatch } from './linkedFileWatch.ts';

/** The services of commands that exchange prompts with files of other tools. */
export interface ExchangeServices extends LibraryServices {
	extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>;
	log: vscode.LogOutputChannel;
	documents: Pick<DraftDocuments, 'save'>;
	labTree: Pick<LabTree, 'refresh' | 'onFilesDropped'>;
	importReports: ImportReports;
	suiteRuns: SuiteRuns;
	linkedFiles: () => Promise<LinkedFileWatch>;
}
