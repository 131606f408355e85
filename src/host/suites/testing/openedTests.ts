import type { Disposable } from '../../../common/lifecycle.ts';
import type { TestExplorer } from './testExplorer.ts';

/** The Test Explorer once it is used. */
export interface OpenedTests extends Disposable {
	explorer: TestExplorer;
	/** Shows a suite or one of its cases in VS Code's view. Rejects with `not-found`. */
	reveal(uri: string, name?: string): Promise<void>;
	/** Runs a case as if its button in the view were used. Rejects with `not-found`. */
	runCase(uri: string, name: string): Promise<void>;
}

/** Opens the Test Explorer's logic on first use. */
export type OpenTests = () => Promise<OpenedTests>;
