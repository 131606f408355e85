import { conversationAt, type LabState, type ShownFixture } from '../../common/labState.ts';
import type { Intent } from './intent.ts';
import { listWindow } from './listWindow.ts';

/**
 * The recorded messages that a page shows, by column: the windows of the conversations that have come into view, what is
 * compared, or the rows of the matrix.
 */
export function wantedMessages(
	state: LabState<ShownFixture>,
	{ comparing, view, first }: Pick<Intent, 'comparing' | 'view' | 'first'>,
	seen: ReadonlySet<string>,
): Map<string, number[]> {
	const wanted = new Map<string, number[]>();
	const add = (column: string, ...indices: number[]) => {
		const count = conversationAt(state, column)?.count ?? 0;
		const recorded = indices.filter((index) => index >= 0 && index < count);
		wanted.set(column, [...(wanted.get(column) ?? []), ...recorded]);
	};
	if (comparing === null && view === 'matrix') {
		for (const { column, turn } of state.matrix?.rows ?? []) {
			add(column, turn);
		}
		return wanted;
	}
	const columns = comparing === null ? seen : new Set([comparing]);
	for (const column of columns) {
		const chosen = state.chosen[column];
		if (comparing === null) {
			const { from, to } = listWindow(conversationAt(state, column)?.count ?? 0, chosen, first[column]);
			// Whether a turn can be replaced is seen from the message before it.
			add(column, ...Array.from({ length: to - from + 1 }, (_, offset) => from - 1 + offset));
		} else if (chosen !== undefined) {
			add(column, chosen);
		}
	}
	// The turns that regenerations replace, each after its question.
	for (const { column, steps } of state.takes) {
		if (columns.has(column)) {
			add(column, ...steps.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces - 1, replaces])));
		}
	}
	return wanted;
}
