import type * as vscode from 'vscode';
import type { Store } from '../../../storage/contract.ts';
import type { TopicIndex } from '../../../topics/contract.ts';
import type { SuiteRuns } from '../suiteRuns.ts';

/** What the panels of reports need. */
export interface ReportServices {
	extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'>;
	openStore: () => Promise<Store>;
	suiteRuns: Pick<SuiteRuns, 'context' | 'onNews'>;
	topics: TopicIndex;
	/** Runs one of our commands by its id without the prefix. Rejects with its error, which the page shows. */
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	log: vscode.LogOutputChannel;
}
