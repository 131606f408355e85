import * as l10n from '@vscode/l10n';
import { streamedLength, type ShownTurn } from '../../common/shownTurn.ts';
import type { TurnEnd } from '../../common/turnEnd.ts';
import type { Formatter } from './format.ts';

/** Why a turn ended, if that needs saying: the provider's reason if it gave one. A failed turn shows its error instead. */
export function turnEnding({ notice }: Pick<ShownTurn, 'notice'>, end: TurnEnd): string | undefined {
	return notice ?? endNote(end);
}

function endNote(end: TurnEnd): string | undefined {
	switch (end) {
		case 'complete':
		case 'failed':
			return undefined;
		case 'truncated':
			return l10n.t('Cut off at the limit of output tokens (setting promptWorkshop.maxTokens).');
		case 'refused':
			return l10n.t('The model declined to answer.');
		case 'tools':
			return l10n.t('The answer ended with tool calls that could not be run.');
		case 'unknown':
			return l10n.t('The provider ended the answer for an unknown reason.');
		case 'stopped':
			return l10n.t('Stopped. The partial answer is kept.');
		case 'interrupted':
			return l10n.t(
				'Interrupted: the editor or the connection closed before the answer was complete. The partial answer is kept.',
			);
	}
}

/** What a screen reader announces when a turn has ended. */
export function endAnnouncement(turn: ShownTurn, end: TurnEnd, format: Formatter): string {
	const announcement = endSentence(end, format.number(streamedLength(turn)));
	const reason = turn.error?.message ?? turn.notice;
	return reason === undefined ? announcement : `${announcement}. ${reason}`;
}

function endSentence(end: TurnEnd, characters: string): string {
	switch (end) {
		case 'complete':
			return l10n.t('The answer is complete: {0} characters', characters);
		case 'truncated':
			return l10n.t('The answer was cut off after {0} characters', characters);
		case 'refused':
			return l10n.t('The answer was refused after {0} characters', characters);
		case 'tools':
			return l10n.t('The answer ended with tool calls that could not be run, after {0} characters', characters);
		case 'unknown':
			return l10n.t('The answer ended for an unknown reason after {0} characters', characters);
		case 'stopped':
			return l10n.t('The answer was stopped after {0} characters', characters);
		case 'failed':
			return l10n.t('The answer failed after {0} characters', characters);
		case 'interrupted':
			return l10n.t('The answer was interrupted after {0} characters', characters);
	}
}

/** The model that was asked, and the one that answered if it is another. */
export function modelText(model: string, answeredModel: string | null | undefined): string {
	return answeredModel ? l10n.t('{0}, answered by {1}', model, answeredModel) : model;
}
