import { ThinkTags } from '../../common/thinkTags.ts';

/** Separates a recorded answer from the thinking that its model's template left in tags. */
export function splitThinking(answer: string): { thinking: string; text: string } {
	const reader = new ThinkTags(false);
	let thinking = '';
	let text = '';
	for (const piece of [...reader.push(answer), ...reader.end(true)]) {
		if (piece.type === 'reclassify') {
			[thinking, text] = piece.as === 'thinking' ? [thinking + text, ''] : ['', thinking + text];
		} else if (piece.type === 'thinking') {
			thinking += piece.text;
		} else {
			text += piece.text;
		}
	}
	return { thinking: thinking.trim(), text };
}
