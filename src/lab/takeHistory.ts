import type { FixtureMessage } from '../common/api.ts';
import { turnText } from '../common/turn.ts';
import type { LabTake } from '../common/labState.ts';

/** The recorded user messages between an assistant message and the previous one. */
function userTurnsBefore(recorded: readonly FixtureMessage[], assistant: number): FixtureMessage[] {
	const previous = recorded.slice(0, assistant).findLastIndex(({ role }) => role === 'assistant');
	return recorded.slice(previous + 1, assistant);
}

/** Where the turn of an assistant message ends; assistant messages that follow it belong to it. */
function endOfTurn(recorded: readonly FixtureMessage[], turn: number): number {
	const next = recorded.findIndex(({ role }, index) => index > turn && role === 'user');
	return next < 0 ? recorded.length : next;
}

/** The conversation of a take so far: what was recorded before it, then its own answers and follow-ups. */
export function takeHistory(recorded: readonly FixtureMessage[], take: LabTake): FixtureMessage[] {
	const history = recorded.slice(0, take.keepsTurn ? endOfTurn(recorded, take.turn) : take.turn);
	for (const [index, step] of take.steps.entries()) {
		if (step.question !== undefined) {
			history.push({ role: 'user', content: step.question });
		} else if (index > 0 && step.replaces !== undefined) {
			history.push(...userTurnsBefore(recorded, step.replaces));
		}
		history.push({ role: 'assistant', content: turnText(step.turn) });
	}
	return history;
}

/** The history that is sent for a replayed turn: with the new answers in a cascade, otherwise as recorded. */
export function historyBefore(
	recorded: readonly FixtureMessage[],
	take: LabTake,
	replaces: number,
): readonly FixtureMessage[] {
	return take.replay === 'cascading' && replaces > take.turn
		? [...takeHistory(recorded, take), ...userTurnsBefore(recorded, replaces)]
		: recorded.slice(0, replaces);
}
