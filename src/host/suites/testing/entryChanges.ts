import type { CaseEntry } from './caseEntry.ts';

export interface EntryChanges {
	added: CaseEntry[];
	/** Ids. */
	removed: string[];
	/** Still there, but shown with another label or at another place. */
	moved: CaseEntry[];
	/** Ids of cases that ask or grade something new: those that were added, and those whose hash is another. */
	affected: string[];
}

/** What has to be done to a list of cases; the others keep their items, and with them selection, expansion and results. */
export function entryChanges(before: ReadonlyMap<string, CaseEntry>, now: readonly CaseEntry[]): EntryChanges {
	const changes: EntryChanges = { added: [], removed: [], moved: [], affected: [] };
	const left = new Set(before.keys());
	for (const entry of now) {
		const old = before.get(entry.id);
		left.delete(entry.id);
		if (!old) {
			changes.added.push(entry);
		} else if (old.label !== entry.label || old.line !== entry.line || old.file !== entry.file) {
			changes.moved.push(entry);
		}
		if (!old || old.hash !== entry.hash) {
			changes.affected.push(entry.id);
		}
	}
	changes.removed.push(...left);
	return changes;
}
