import * as vscode from 'vscode';
import { AppError, isAppError } from '../../common/errors.ts';
import type { Suite } from '../../suites/suite.ts';
import type { ProposedCase } from '../../suites/proposedCases.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { cancelled, chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { runWithProgress, showInformation } from '../kit/notify.ts';
import { showPicks } from '../kit/pick.ts';
import { readSettings } from '../kit/settings.ts';
import { addCases } from './addCases.ts';
import { choosePrompt } from './choosePrompt.ts';
import { ownerArgument, suiteLocation } from './openSuite.ts';
import { resolvePrompt } from './resolvePrompt.ts';
import type { SuiteServices } from './suiteServices.ts';
import { showSuite } from './suiteDocument.ts';
import { suiteOwnerOf, suiteUri } from './suiteUri.ts';

/**
 * Lets a model propose cases for a suite. Its instruction is shown as a document first, which the user may change; then the
 * user chooses among the proposals. Nothing is added without that.
 */
export const proposeCases: Command<SuiteServices> = {
	id: 'proposeCases',
	async run(services, argument) {
		const uri = await targetSuite(services, argument);
		const { suite, prompt } = await promptOf(services, uri);
		const proposing = await import('../../suites/proposedCases.ts');
		const { text } = await resolvePrompt(services, prompt, uri.toString());
		const instruction = await askInstruction(proposing.proposalInstruction(text, suite?.cases ?? []));
		const model = await services.modelChoice.choose('test', undefined);
		const { thinking, maxTokens } = readSettings();
		const takenNames = new Set(suite?.cases.map(({ name }) => name));
		const { cases, refused } = await runWithProgress(
			{
				location: vscode.ProgressLocation.Notification,
				title: vscode.l10n.t('{0} proposes cases', model),
				cancellable: true,
			},
			(_progress, token) => {
				const stop = new AbortController();
				token.onCancellationRequested(() => stop.abort());
				const { signal } = stop;
				return proposing.proposeCases(services, {
					instruction,
					model,
					thinking,
					maxTokens,
					takenNames,
					signal,
				});
			},
		);
		const accepted = await review(cases, refused);
		const head = suiteOwnerOf(uri) ? {} : { prompt };
		await addCases(services, uri, accepted.map(withoutReason), head);
		await showSuite(services.suiteFiles, uri);
		return { uri: uri.toString(), added: accepted.map(({ name }) => name) };
	},
};

/** The suite that is named; that of a draft or prompt may not exist yet. */
async function targetSuite(services: SuiteServices, argument: unknown): Promise<vscode.Uri> {
	const named = suiteLocation(argument);
	if (named) {
		return named;
	}
	const store = await services.openStore();
	return suiteUri(store.status.storeId, await ownerArgument(services, argument));
}

/** The suite as it is, and the prompt that it tests: its own first one, or the user's choice. */
async function promptOf(
	services: SuiteServices,
	uri: vscode.Uri,
): Promise<{ suite: Suite | undefined; prompt: string }> {
	const { suiteFiles } = services;
	const owner = suiteOwnerOf(uri);
	try {
		const source = await suiteFiles.savedSource(uri);
		const { suite } = await suiteFiles.read(source);
		const prompt = suite?.prompts[0] ?? source.prompt ?? (await choosePrompt(services));
		return { suite, prompt };
	} catch (error) {
		if (!isAppError(error, 'not-found') || !owner) {
			throw error;
		}
	}
	const { ownerKind, ownerId } = owner;
	const store = await services.openStore();
	const prompt = await store.read(({ prompts }) =>
		ownerKind === 'draft' ? `draft:${ownerId}` : `library:${prompts.getById(ownerId).name}`,
	);
	return { suite: undefined, prompt };
}

/** Shows the instruction in an editor and waits until the user sends or closes it. */
async function askInstruction(content: string): Promise<string> {
	const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
	await vscode.window.showTextDocument(document, { preview: false });
	const send = vscode.l10n.t('Send');
	const question = vscode.l10n.t('This is what a model is asked for. Change it as you like, then send it');
	let onClosed: vscode.Disposable | undefined;
	const closed = new Promise<undefined>((resolve) => {
		onClosed = vscode.workspace.onDidCloseTextDocument((one) => {
			if (one === document) {
				resolve(undefined);
			}
		});
	});
	try {
		if ((await Promise.race([showInformation(question, send), closed])) !== send) {
			throw cancelled();
		}
	} finally {
		onClosed?.dispose();
	}
	const text = document.getText();
	if (text.trim() === '') {
		throw new AppError('validation', vscode.l10n.t('The instruction is empty, so nothing was sent'));
	}
	return text;
}

async function review(cases: readonly ProposedCase[], refused: number): Promise<ProposedCase[]> {
	if (cases.length === 0) {
		throw new AppError(
			'bad-response',
			vscode.l10n.t('The model proposed no case that the suite could hold. Change the instruction and try again'),
		);
	}
	const items = cases.map((one) => ({
		label: one.name,
		description: (one.assert ?? []).map(({ type, value }) => [type, value].filter(Boolean).join(' ')).join(', '),
		detail: [one.query, one.why].filter(Boolean).join(' — '),
		picked: false,
		one,
	}));
	const title =
		refused === 0
			? vscode.l10n.t('Proposed cases')
			: vscode.l10n.t('Proposed cases; {0} more could not be used', refused);
	const placeHolder = vscode.l10n.t('Choose the cases to add');
	const picked = chosen(await showPicks(items, { title, placeHolder, ignoreFocusOut: true, matchOnDetail: true }));
	if (picked.length === 0) {
		throw cancelled();
	}
	return picked.map(({ one }) => one);
}

function withoutReason({ why: _why, ...written }: ProposedCase): WrittenCase {
	return written;
}
