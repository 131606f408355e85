import { setImmediate } from 'node:timers/promises';
import { visibleText, withoutIcons } from '../../../common/visibleText.ts';
import { caseHash } from '../../../suites/caseHash.ts';
import type { Suite } from '../../../suites/suite.ts';

/** A case as the Test Explorer lists it. */
export interface CaseEntry {
	/** The name of the case: unique in its suite, and the same after an edit of anything else. */
	id: string;
	label: string;
	/** From 1. */
	line: number;
	/** The case file that it stands in, relative to the suite. */
	file?: string;
	/** SHA-256 of what it asks and how it is graded. */
	hash: string;
}

/** Cases between two looks at what else there is to do. */
const batch = 250;

/** The cases of a suite in their order. Of two with the same name, which is a problem of the suite, the first is listed. */
export async function caseEntries({ cases }: Pick<Suite, 'cases'>): Promise<CaseEntry[]> {
	const entries = new Map<string, CaseEntry>();
	for (const [index, one] of cases.entries()) {
		if (index % batch === batch - 1) {
			await setImmediate();
		}
		const { name, line, file } = one;
		if (!entries.has(name)) {
			const label = withoutIcons(visibleText(name));
			entries.set(name, { id: name, label, line, hash: caseHash(one), ...(file !== undefined && { file }) });
		}
	}
	return [...entries.values()];
}
