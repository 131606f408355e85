import { conversationAt, type LabState, type ShownFixture } from '../../common/labState.ts';
import type { Intent } from './intent.ts';

/**
 * The recorded messages that a page shows elsewhere than in their own place, by column: what regenerations in view replace,
 * what is compared, or the rows of the matrix.
 */
export function wantedMessages(
	state: LabState<ShownFixture>,
	{ comparing, view }: Pick<Intent, 'comparing' | 'view'>,
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
	const chosen = comparing === null ? undefined : state.chosen[comparing];
	if (comparing !== null && chosen !== undefined) {
		add(comparing, chosen);
	}
	// The turns that regenerations replace, each after its question.
	for (const { column, steps } of state.takes) {
		if (columns.has(column)) {
			add(column, ...steps.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces - 1, replaces])));
		}
	}
	return wanted;
}
