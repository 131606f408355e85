import { turnText, turnThinking } from '../../common/foldParts.ts';
import { wholeLength, type ShownTurn } from '../../common/shownTurn.ts';
import type { TurnStrings } from '../../common/turnStrings.ts';
import type { CompareShow } from '../../common/compareShow.ts';
import type { ComparedText } from './comparedTexts.ts';
import { fill, type Formatter } from './format.ts';

/** Characters of a text that are compared; a page with longer ones side by side would stand still. */
const comparedLimit = 100_000;

/** The answer or the thinking of a turn, for a comparison. */
export function comparedText(
	turn: ShownTurn | undefined,
	label: string,
	{ thinking }: CompareShow,
	strings: TurnStrings,
	format: Formatter,
	live = false,
): ComparedText {
	const kind = thinking ? 'thinking' : 'text';
	const whole = turn ? (thinking ? turnThinking(turn) : turnText(turn)) : '';
	const text = whole.slice(0, comparedLimit);
	const length = turn ? wholeLength(turn, kind) : 0;
	const { noThinking, noAnswer } = strings.compareWords;
	return {
		label,
		text,
		live,
		note:
			length > text.length ? fill(strings.capped, format.number(text.length), format.number(length)) : undefined,
		empty: thinking ? noThinking : noAnswer,
	};
}
