import * as vscode from 'vscode';
import { cutText } from '../../common/cutText.ts';
import { AppError } from '../../common/errors.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { resultArgument } from '../drafts/resultArguments.ts';
import { property } from '../kit/arguments.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import { addCases } from './addCases.ts';
import { caseOfFixture, caseOfMessage, caseOfTest, type KeptCase } from './caseSources.ts';
import { chooseSuite } from './chooseSuite.ts';
import { suiteArgument } from './openSuite.ts';
import type { SuiteServices } from './suiteServices.ts';
import { showSuite } from './suiteDocument.ts';
import { suiteUri } from './suiteUri.ts';

const maxName = 100;

interface KeepOptions {
	name?: string;
	contains?: string;
	suite?: unknown;
}

/**
 * Adds the question of a test, of a chat's message or of a recorded conversation to a suite; asks for a name and for what a
 * good answer contains.
 */
export const keepAsCase: Command<SuiteServices> = {
	id: 'keepAsCase',
	async run(services, argument, given) {
		const options = (given ?? {}) as KeepOptions;
		const kept = await keptCase(services, argument);
		const uri = await suiteOf(services, kept, options.suite);
		const { name, contains } = options;
		const asked = await askInSteps<'name' | 'contains'>(vscode.l10n.t('Keep as Case'), { name, contains }, () => [
			{
				key: 'name',
				prompt: vscode.l10n.t('A name for the case'),
				value: cutText(kept.title.replace(/\s+/g, ' '), maxName),
				check: checkName,
			},
			{
				key: 'contains',
				prompt: vscode.l10n.t(
					'A text that a good answer contains. If you leave this empty, only refusals fail',
				),
			},
		]);
		checkName(asked.name);
		await addCases(services, uri, [caseOf(kept, asked)], kept.head);
		void offerSuite(services, uri, asked.name);
		return { uri: uri.toString(), name: asked.name };
	},
};

async function keptCase(services: SuiteServices, argument: unknown): Promise<KeptCase> {
	const messageId = property(argument, 'messageId');
	if (typeof messageId === 'number') {
		return caseOfMessage(services, messageId);
	}
	const fixtureId = property(argument, 'fixtureId');
	return typeof fixtureId === 'string'
		? caseOfFixture(services, fixtureId)
		: caseOfTest(services, await resultArgument(services, argument));
}

/** The suite that is named, that of the draft, or the user's choice. */
async function suiteOf(services: SuiteServices, { draftId }: KeptCase, given: unknown): Promise<vscode.Uri> {
	if (given !== undefined) {
		return suiteArgument(services, given);
	}
	if (draftId === undefined) {
		return chooseSuite(services);
	}
	const store = await services.openStore();
	return suiteUri(store.status.storeId, { ownerKind: 'draft', ownerId: draftId });
}

function checkName(name: string): void {
	if (name.trim() === '' || name.length > maxName) {
		throw new AppError('validation', vscode.l10n.t('The name must have 1 to {0} characters', maxName), {
			info: { field: 'name' },
		});
	}
}

function caseOf({ asked }: KeptCase, { name, contains }: { name: string; contains: string }): WrittenCase {
	return {
		name: name.trim(),
		...asked,
		assert: [
			{ type: 'not-is-refusal' },
			...(contains.trim() === '' ? [] : [{ type: 'icontains', value: contains }]),
		],
	};
}

async function offerSuite({ suiteFiles }: SuiteServices, uri: vscode.Uri, name: string): Promise<void> {
	const open = vscode.l10n.t('Open Suite');
	if ((await showInformation(vscode.l10n.t('"{0}" is a case of the suite now', name), open)) === open) {
		await showSuite(suiteFiles, uri);
	}
}
