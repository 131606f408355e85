import type { ColumnPlaces } from './endFollower.ts';

/**
 * Places in a column of parts. A place is the id of the item at the top edge plus half the share of its height that is
 * above the edge; the share is negative if the item begins below the edge. Pixels would not do: the height of a part that
 * was never drawn is a guess, and earlier items may not be loaded.
 * @param isAwaited whether an item is yet to be fetched
 */
export function partPlaces(scroller: HTMLElement, isAwaited: (id: number) => boolean = () => false): ColumnPlaces {
	return {
		read() {
			const { top } = scroller.getBoundingClientRect();
			// A part that is not drawn counts as its first item.
			for (const item of scroller.querySelectorAll<HTMLElement>('[data-id], pw-column-part:empty')) {
				const box = item.getBoundingClientRect();
				if (box.bottom > top) {
					const above = Math.max(-0.99, Math.min(0.99, (top - box.top) / box.height));
					return Number(item.dataset['id'] ?? item.dataset['first']) + above / 2;
				}
			}
			return 0;
		},
		restore(place) {
			const id = Math.round(place);
			const item = scroller.querySelector(`[data-id="${id}"]`);
			const part = [...scroller.querySelectorAll('pw-column-part')].findLast(
				({ dataset }) => Number(dataset['first']) <= id,
			);
			const target = item ?? part;
			if (!target) {
				return !isAwaited(id);
			}
			const box = target.getBoundingClientRect();
			scroller.scrollTop += box.top - scroller.getBoundingClientRect().top + 2 * (place - id) * box.height;
			// Until then, the column may be so short that a place and its end are the same.
			const drawn = [...scroller.querySelectorAll('pw-markdown')].every((view) => view.settled);
			return item ? drawn : part?.childElementCount !== 0 && !isAwaited(id);
		},
	};
}
