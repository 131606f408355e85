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
	readonly hash: string;
}

/** Work without a look at what else there is to do, in milliseconds. */
const slice = 10;

/**
 * The cases of a suite in their order. Of two with the same name, which is a problem of the suite, the first is listed. Hashes
 * are made when they are needed: for 20,000 cases that takes longer than to list them.
 */
export function caseEntries({ cases }: Pick<Suite, 'cases'>): CaseEntry[] {
	const entries = new Map<string, CaseEntry>();
	for (const one of cases) {
		const { name, line, file } = one;
		if (!entries.has(name)) {
			let hash: string | undefined;
			entries.set(name, {
				id: name,
				label: withoutIcons(visibleText(name)),
				line,
				...(file !== undefined && { file }),
				get hash() {
					return (hash ??= caseHash(one));
				},
			});
		}
	}
	return [...entries.values()];
}

/** Makes all hashes, a few at a time. */
export async function makeHashes(entries: readonly CaseEntry[]): Promise<void> {
	let begin = performance.now();
	for (const entry of entries) {
		if (entry.hash !== '' && performance.now() - begin > slice) {
			await setImmediate();
			begin = performance.now();
		}
	}
}
