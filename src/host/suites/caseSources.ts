import * as vscode from 'vscode';
import type { FixtureMessage } from '../../common/api.ts';
import { AppError } from '../../common/errors.ts';
import { questionText } from '../../common/questionText.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { SuiteHead } from './addCases.ts';
import type { SuiteServices } from './suiteServices.ts';

/** What is kept: a case without name and assertions, and what its suite begins with if it is a new one. */
export interface KeptCase {
	/** What is proposed as its name. */
	title: string;
	asked: WrittenCase;
	head: SuiteHead;
	/** The draft to whose suite it belongs, if one is known. */
	draftId?: number;
}

/** The question of a test, with its variables. */
export async function caseOfTest({ openStore }: SuiteServices, testId: string): Promise<KeptCase> {
	const store = await openStore();
	const { query, parameters, topic, draftId } = await store.read(({ results }) => results.get(testId));
	const vars = parameters['vars'] as Record<string, unknown> | undefined;
	return {
		title: questionText(query),
		asked: { ...(vars && { vars }), ...(query !== '' && { query }) },
		head: { description: vscode.l10n.t('Questions kept from tests.'), topic },
		draftId,
	};
}

/** A chat up to one of its answers, which is asked for again. */
export async function caseOfMessage({ openStore }: SuiteServices, messageId: number): Promise<KeptCase> {
	const store = await openStore();
	const { before, draftId } = await store.read(({ chats, drafts }) => {
		const { chatId, role } = chats.message(messageId);
		const all = chats.messages(chatId);
		const end = all.findIndex(({ id }) => id === messageId) + (role === 'assistant' ? 0 : 1);
		const draft = drafts.list().find(({ id }) => drafts.get(id).workshopChatId === chatId);
		return { before: all.slice(0, end), draftId: draft?.id };
	});
	const messages = before.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }]));
	const last = messages.at(-1);
	if (last?.role !== 'user') {
		throw new AppError('validation', vscode.l10n.t('Nothing was asked before this message, so it is not a case'));
	}
	return {
		title: last.content,
		asked: { messages },
		head: { description: vscode.l10n.t('Questions kept from chats.') },
		...(draftId !== undefined && { draftId }),
	};
}

/** A recorded conversation up to one of its answers; the user chooses among several. */
export async function caseOfFixture({ lab }: SuiteServices, fixtureId: string): Promise<KeptCase> {
	const { sections, id } = await lab.loadFixture(fixtureId);
	const turns = sections.flatMap((section) =>
		section.conversations.flatMap(({ label, messages }) =>
			messages.flatMap(({ role }, turn) => {
				const query = messages[turn - 1];
				return role === 'assistant' && query?.role === 'user'
					? [{ section: section.name, conversation: label, turn, query: textOf(query) }]
					: [];
			}),
		),
	);
	if (turns.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('This fixture has no answer to a question'));
	}
	const items = turns.map((turn) => ({
		label: turn.query.slice(0, 100),
		description: [turn.section, turn.conversation].filter(Boolean).join(' · '),
		turn,
	}));
	const [only] = turns.length === 1 ? items : [];
	const placeHolder = vscode.l10n.t('Choose the question that is asked again');
	const { turn } = only ?? chosen(await showPick(items, { placeHolder }));
	const { section, conversation: label } = turn;
	return {
		title: turn.query,
		asked: {
			conversation: { fixture: id, ...(section && { section }), ...(label && { label }), turn: turn.turn },
		},
		head: { description: vscode.l10n.t('Questions kept from recorded conversations.') },
	};
}

function textOf({ content }: FixtureMessage): string {
	return typeof content === 'string'
		? content
		: content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
