import { stretches, type MarkedSide } from './wordDiff.ts';

/** Parts of rendered Markdown that are not the author's text: the bar of a code block and citation marks. */
const added = '.code-bar, .citation';
const blocks = 'p, li, h1, h2, h3, h4, h5, h6, th, td, dt, dd, pre, blockquote';
/** Elements that do not show the white space between their blocks. */
const holders = 'pw-markdown, div, ul, ol, dl, table, thead, tbody, tr, blockquote';

/** The text of rendered Markdown, and the text nodes that hold it. */
export interface ReadText {
	text: string;
	nodes: { node: Text; from: number }[];
}

/** Reads the text of rendered Markdown as it is shown, one line per block. */
export function readText(root: Element): ReadText {
	const nodes: ReadText['nodes'] = [];
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	let text = '';
	let block: Element | null = null;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const parent = node.parentElement;
		if (!(node instanceof Text) || !parent || parent.closest(added)) {
			continue;
		}
		if (node.data.trim() === '' && parent.matches(holders)) {
			continue;
		}
		const own = parent.closest(blocks);
		if (own !== block && text !== '') {
			text += '\n';
		}
		block = own;
		nodes.push({ node, from: text.length });
		text += node.data;
	}
	return { text, nodes };
}

/** Wraps the marked stretches of a text in elements. */
export function markRead({ nodes }: ReadText, side: MarkedSide, name: 'ins' | 'del'): void {
	const marked = stretches(side);
	let index = 0;
	for (const { node, from } of nodes) {
		const end = from + node.length;
		while ((marked[index]?.[1] ?? Infinity) <= from) {
			index++;
		}
		// Backwards, so that splitting a node does not shift the remaining offsets.
		let last = index;
		while ((marked[last]?.[0] ?? Infinity) < end) {
			last++;
		}
		for (const [start, stop] of marked.slice(index, last).reverse()) {
			const words = node.splitText(Math.max(0, start - from));
			words.splitText(Math.min(stop, end) - Math.max(start, from));
			if (words.data.trim() !== '') {
				const mark = document.createElement(name);
				words.replaceWith(mark);
				mark.append(words);
			}
		}
	}
}

/** Removes the marks. */
export function unmark(root: Element): void {
	const marks = root.querySelectorAll('ins, del');
	for (const mark of marks) {
		mark.replaceWith(...mark.childNodes);
	}
	if (marks.length > 0) {
		root.normalize();
	}
}
