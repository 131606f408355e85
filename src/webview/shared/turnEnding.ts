import { streamedLength, type ShownTurn } from '../../common/shownTurn.ts';
import type { TurnEnd } from '../../common/turnEnd.ts';
import type { TurnStrings } from '../../common/turnStrings.ts';
import { fill, type Formatter } from './format.ts';

/** Why a turn ended, where that is worth a word: the provider's reason where it gave one. A failure has its error. */
export function turnEnding(
	{ notice }: Pick<ShownTurn, 'notice'>,
	end: TurnEnd,
	strings: TurnStrings,
): string | undefined {
	return end === 'complete' || end === 'failed' ? notice : (notice ?? strings.endNotes[end]);
}

/** What a screen reader is told of a turn that has ended. */
export function endAnnouncement(turn: ShownTurn, end: TurnEnd, strings: TurnStrings, format: Formatter): string {
	const heard = fill(strings.endAnnouncements[end], format.number(streamedLength(turn)));
	const reason = turn.error?.message ?? turn.notice;
	return reason === undefined ? heard : `${heard}. ${reason}`;
}

/** The model that was asked, and the one that answered where it is another. */
export function modelText(model: string, answeredModel: string | null | undefined, strings: TurnStrings): string {
	return answeredModel ? fill(strings.answeredBy, model, answeredModel) : model;
}
