import type { Disposable } from '../../common/lifecycle.ts';
import type { SuiteRequests, SuiteView } from '../../common/suitePage.ts';
import type { Store } from '../../storage/contract.ts';

/** Answers the requests of the Suite tab of one panel. Disposed with the panel; its runs go on. */
export type SuiteTab = Disposable & {
	[K in keyof SuiteRequests]: (params: SuiteRequests[K]['params']) => Promise<SuiteRequests[K]['result']>;
};

/** The feature of suites, as the Workshop's panels see it. */
export interface SuiteTabs {
	/** `send` gives the page a new view of the suite, at most ten times a second. */
	open(draftId: number, store: Store, send: (view: SuiteView) => void): Promise<SuiteTab>;
}
