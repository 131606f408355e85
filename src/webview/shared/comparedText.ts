import * as l10n from '@vscode/l10n';
import { turnText, turnThinking } from '../../common/turn.ts';
import { fullLength, type ShownTurn } from '../../common/shownTurn.ts';
import type { CompareShow } from '../../common/compareShow.ts';
import type { ComparedText } from './comparedTexts.ts';
import type { Formatter } from './format.ts';

/** How many characters of a text are compared. Longer texts side by side would freeze the page. */
const comparedLimit = 100_000;

/** The answer or the thinking of a turn, for a comparison. */
export function comparedText(
	turn: ShownTurn | undefined,
	label: string,
	{ thinking }: CompareShow,
	format: Formatter,
	live = false,
): ComparedText {
	const kind = thinking ? 'thinking' : 'text';
	const completeText = turn ? (thinking ? turnThinking(turn) : turnText(turn)) : '';
	const text = completeText.slice(0, comparedLimit);
	const length = turn ? fullLength(turn, kind) : 0;
	return {
		label,
		text,
		live,
		note:
			length > text.length
				? l10n.t(
						'Only the first {0} of {1} characters are shown here.',
						format.number(text.length),
						format.number(length),
					)
				: undefined,
		empty: thinking ? l10n.t('No thinking was returned.') : l10n.t('No answer was returned.'),
	};
}
