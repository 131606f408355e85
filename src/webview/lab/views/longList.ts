import { html, type TemplateResult } from 'lit';
import '../../shared/columnPart.ts';

/** Entries in a part: few enough that one is drawn in a frame. */
const partSize = 8;
/** The parts of a longer list are larger: each is an element, even if it is empty. */
const mostParts = 1_000;

interface ListOptions {
	/** Number of entries. */
	count: number;
	/** Draws an entry, with its index as `data-id`. */
	entry: (index: number) => unknown;
	/** Called when the entries from `first` to before `end` come near the view. */
	onNear?: (first: number, end: number) => void;
}

/** The entries of a list of any length in a `.scroll`. Only those near the view have elements. */
export function longList({ count, entry, onNear }: ListOptions): TemplateResult[] {
	const size = Math.max(partSize, Math.ceil(count / mostParts));
	return Array.from({ length: Math.ceil(count / size) }, (_, part) => {
		const first = part * size;
		const end = Math.min(count, first + size);
		const content = () => html`${Array.from({ length: end - first }, (_entry, offset) => entry(first + offset))}`;
		return html`<pw-column-part
			data-first=${first}
			.content=${content}
			.onNear=${() => onNear?.(first, end)}
		></pw-column-part>`;
	});
}
