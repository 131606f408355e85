import * as l10n from '@vscode/l10n';
import type { Fixture, FixtureMessage } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { turnText } from '../common/turn.ts';
import { columnMessages, replaceableTurns, type LabTake } from '../common/labState.ts';

/** Checks of what a fixture's conversation allows. Each throws the error that the user sees. */

/** The recorded messages of a column. */
export function recordedMessages(fixture: Fixture, column: string): FixtureMessage[] {
	const messages = columnMessages(fixture, column);
	if (!messages) {
		throw new AppError('not-found', l10n.t('The fixture has no conversation {0}', column));
	}
	return messages;
}

/** Returns the turn if it can be regenerated, or throws. */
export function requireTurn(fixture: Fixture, column: string, turn: number | undefined): number {
	if (turn === undefined || !replaceableTurns(recordedMessages(fixture, column)).includes(turn)) {
		throw new AppError('validation', l10n.t('Choose an assistant turn with a user turn before it'), {
			info: { field: 'turn' },
		});
	}
	return turn;
}

/** Throws if the follow-up is empty. */
export function requireQuestion(question: string): void {
	if (question.trim() === '') {
		throw new AppError('validation', l10n.t('The follow-up is empty'), { info: { field: 'question' } });
	}
}

/** Throws if the last answer of a take has no text to follow up. */
export function requireAnswered({ steps }: LabTake): void {
	const last = steps.at(-1);
	if (last && turnText(last.turn) === '') {
		throw new AppError('validation', l10n.t('The last answer has no text to continue from. Regenerate it first'));
	}
}
