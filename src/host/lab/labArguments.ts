import * as vscode from 'vscode';
import type { LabRunOptions } from '../../common/api.ts';
import { AppError } from '../../common/errors.ts';
import { columnMessages, replaceableTurns, type LabTake } from '../../common/labState.ts';
import type { LabSession } from '../../lab/session.ts';
import type { LabPage } from './labPage.ts';
import type { LabServices } from './labServices.ts';
import { showPick } from '../kit/pick.ts';
import { chosen, optionsArgument } from '../kit/arguments.ts';

/** The API's options, if the command was called with them. */
export function runOptionsArgument(argument: unknown): LabRunOptions | undefined {
	return 'messages' in optionsArgument(argument) ? (argument as LabRunOptions) : undefined;
}

/** The Lab panel that was last active. Checks access first, letting the user sign in. */
export async function activePage({ lab, labPanels }: LabServices): Promise<LabPage> {
	await lab.requireFacilitator({ interactive: true });
	const page = labPanels.active;
	if (!page) {
		throw new AppError('not-found', vscode.l10n.t('No Lab panel is open. Use "Open Prompt Lab" first'));
	}
	return page;
}

/** The only item, or the one that the user picks. Throws `not-found` with the message `none` if there are no items. */
export async function pickOne<T extends vscode.QuickPickItem>(
	items: readonly T[],
	placeHolder: string,
	none: string,
): Promise<T> {
	const [only] = items;
	if (!only) {
		throw new AppError('not-found', none);
	}
	return items.length === 1 ? only : chosen(await showPick(items, { placeHolder }));
}

function names({ state: { fixture } }: LabSession, column: string): { section: string; conversation: string } {
	const [section, conversation] = column.split('/').map(Number);
	const part = fixture.sections[section ?? -1];
	return { section: part?.name ?? '', conversation: part?.conversations[conversation ?? -1]?.label ?? column };
}

/** A conversation of the session: the given one, the only one, or the one the user picks. */
export async function columnArgument(session: LabSession, argument: unknown): Promise<string> {
	const given = typeof argument === 'string' ? argument : optionsArgument(argument)['column'];
	if (typeof given === 'string') {
		return given;
	}
	const items = session.columns().map(({ column, turn }) => {
		const { section, conversation } = names(session, column);
		return { label: conversation, description: vscode.l10n.t('{0} · turn {1}', section, turn + 1), column };
	});
	const none = vscode.l10n.t('This fixture has no conversations to regenerate');
	return (await pickOne(items, vscode.l10n.t('Choose a conversation'), none)).column;
}

/** A turn that can be regenerated: the given one, the only one, or the one the user picks. */
export async function turnArgument(session: LabSession, column: string, argument: unknown): Promise<number> {
	const { turn } = optionsArgument(argument);
	if (typeof turn === 'number') {
		return turn;
	}
	const messages = columnMessages(session.state.fixture, column) ?? [];
	const items = replaceableTurns(messages).map((index) => {
		const before = messages[index - 1]?.content;
		const asked = typeof before === 'string' ? before.slice(0, 120) : '';
		return { label: vscode.l10n.t('Turn {0}', index + 1), description: asked, index };
	});
	const none = vscode.l10n.t('This conversation has no assistant turns to replace');
	return (await pickOne(items, vscode.l10n.t('Choose the turn to replace'), none)).index;
}

/** The index of a section: the given one, the only one, or the one the user picks. */
export async function sectionArgument({ state }: LabSession, argument: unknown): Promise<number> {
	const { section } = optionsArgument(argument);
	if (typeof section === 'number') {
		return section;
	}
	const items = state.fixture.sections.map(({ name }, index) => ({ label: name, index }));
	const none = vscode.l10n.t('This fixture has no sections');
	return (await pickOne(items, vscode.l10n.t('Choose a section to show its prompt'), none)).index;
}

/** A regeneration: the given one, the only matching one, or the one the user picks among those. */
export async function takeArgument(
	session: LabSession,
	argument: unknown,
	matches: (take: LabTake) => boolean,
): Promise<string> {
	const given = typeof argument === 'string' ? argument : optionsArgument(argument)['take'];
	if (typeof given === 'string') {
		return given;
	}
	const items = session.state.takes.filter(matches).map((take) => {
		const { section, conversation } = names(session, take.column);
		const status = take.steps.at(-1)?.status ?? '';
		const description = vscode.l10n.t('{0} · turn {1} · {2} · {3}', section, take.turn + 1, take.model, status);
		return { label: conversation, description, take: take.id };
	});
	const none = vscode.l10n.t('There are no regenerations to choose from. Regenerate a conversation first');
	return (await pickOne(items, vscode.l10n.t('Choose a regeneration'), none)).take;
}
