import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { LabProtocol } from '../../common/labProtocol.ts';
import type { FixtureContent, FixtureConversation } from '../../common/api.ts';
import {
	columnMessages,
	type LabChange,
	type LabState,
	type LabTake,
	type ShownConversation,
	type ShownFixture,
} from '../../common/labState.ts';
import { recordedTurn, shownMessage, type ShownMessage } from '../../common/recordedTurn.ts';
import { shownPart, shownTurn } from '../../common/shownTurn.ts';

/** A reply gets no further message once it exceeds this many characters. */
const replyLength = 1_000_000;

function isToolPart({ type }: Exclude<FixtureContent, string>[number]): boolean {
	return type === 'tool-call' || type === 'tool-result';
}

function shownConversation({ label, messages }: FixtureConversation): ShownConversation {
	return {
		label,
		count: messages.length,
		tools: messages.some(({ content }) => typeof content !== 'string' && content.some(isToolPart)),
		unanswered: messages.at(-1)?.role === 'user',
	};
}

/** The part of the state that is sent to the page: only the beginning of long texts, and no messages yet. */
export function shownState(state: LabState): LabState<ShownFixture> {
	const sections = state.fixture.sections.map((section) => ({
		...section,
		conversations: section.conversations.map(shownConversation),
	}));
	return { ...state, fixture: { ...state.fixture, sections }, takes: state.takes.map(shownTake) };
}

function shownTake(take: LabTake): LabTake {
	return { ...take, steps: take.steps.map((step) => ({ ...step, turn: shownTurn(step.turn) })) };
}

/** Handles the page's request for messages. Throws `not-found` for a message that the fixture does not have. */
export function requestedMessages(
	{ fixture }: LabState,
	{ column, indices }: LabProtocol['requests']['messages']['params'],
): ShownMessage[] {
	const messages = columnMessages(fixture, column);
	const reply: ShownMessage[] = [];
	let length = 0;
	for (const index of indices) {
		const message = messages?.[index];
		if (!message) {
			throw new AppError(
				'not-found',
				l10n.t('The fixture has no message {0} in conversation {1}', index + 1, column),
			);
		}
		const shown = shownMessage(message);
		reply.push(shown);
		length += messageLength(shown);
		if (length > replyLength) {
			break;
		}
	}
	return reply;
}

/** Approximate: tool inputs and JSON syntax are not counted. */
function messageLength(message: ShownMessage): number {
	return recordedTurn(message).blocks.reduce(
		(sum, block) => sum + (block.type === 'tool' ? (block.result?.summary.length ?? 0) : block.text.length),
		0,
	);
}

/**
 * The part of a change that is sent to the page.
 *
 * @param state the state after this change
 */
export function shownChange(change: LabChange, state: LabState): LabChange {
	if (change.type === 'take') {
		return { ...change, take: shownTake(change.take) };
	}
	if (change.type !== 'part') {
		return change;
	}
	const step = state.takes.find(({ id }) => id === change.take)?.steps[change.step];
	return step ? { ...change, part: shownPart(change.part, step.turn) } : change;
}

/** The full text of a block that the page may have only the beginning of. Throws `not-found` if it no longer exists. */
export function fullText(
	{ takes, fixture }: LabState,
	{ of, index, block }: LabProtocol['requests']['openText']['params'],
): string {
	const message = columnMessages(fixture, of)?.[index];
	const turn = message ? recordedTurn(message) : takes.find(({ id }) => id === of)?.steps[index]?.turn;
	const found = turn?.blocks[block];
	if (!found || found.type === 'tool') {
		throw new AppError('not-found', l10n.t('The text no longer exists'));
	}
	return found.text;
}
