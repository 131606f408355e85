import type * as vscode from 'vscode';
import type { PromptReference } from '../../../common/suiteModel.ts';
import type { CaseEntry } from './caseEntry.ts';
import type { CaseOutcome } from './caseTally.ts';
import type { ResultBasis } from './isOutdated.ts';

/** A result that is shown, and what it was found with. */
export type ShownOutcome = CaseOutcome &
	ResultBasis & {
		runId: string;
		isOutdated: boolean;
		/** The built-in guide answered, which is not a model. */
		isOffline: boolean;
	};

/** The run that the rate of a suite comes from. */
export interface LatestRun {
	runId: string;
	/** How many of its answers passed or are errors; undefined without any. */
	rate: string | undefined;
	/** US dollars; null if a price is unknown. */
	costUsd: number | null;
}

/** A suite in the Test Explorer, with what is known about it. */
export interface SuiteTests {
	uri: string;
	/** The URI of the document that shows it, at which VS Code draws the marks of its cases. */
	document: string;
	item: vscode.TestItem;
	/** By id, in the order of the suite; undefined until the suite was read. */
	cases: ReadonlyMap<string, CaseEntry> | undefined;
	prompts: readonly PromptReference[];
	models: readonly string[];
	/** Files that the suite was read from or names: case files and prompts, relative to it. */
	files: readonly string[];
	/** By id of the case. */
	outcomes: Map<string, ShownOutcome>;
	latest: LatestRun | undefined;
	/** Of the prompts, as they were when it was looked last. */
	promptHashes: ReadonlyMap<PromptReference, string | undefined>;
	/** The results of stored runs are shown. */
	isRestored: boolean;
}

export function unreadSuite(uri: string, document: string, item: vscode.TestItem): SuiteTests {
	return {
		uri,
		document,
		item,
		cases: undefined,
		prompts: [],
		models: [],
		files: [],
		outcomes: new Map(),
		latest: undefined,
		promptHashes: new Map(),
		isRestored: false,
	};
}
