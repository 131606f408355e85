import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import { askText, chosen, property } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showPick } from '../kit/pick.ts';
import { freeUri, toFileUri } from '../kit/places.ts';
import { uriWithin } from '../kit/uriWithin.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { promptArgument } from '../library/promptArguments.ts';
import type { SuiteHead } from './addCases.ts';
import { ownerArgument } from './openSuite.ts';
import type { SuiteServices } from './suiteServices.ts';
import { showSuite } from './suiteDocument.ts';
import { isSuiteFile, suiteUri, type SuiteOwner } from './suiteUri.ts';

/** Questions of the draft's template that become cases. */
const firstCases = 3;
const ending = '.prompttest.yaml';

/**
 * Writes a first suite for a draft or prompt and opens it; one that is there already is opened as it is. With `uri`, the suite
 * is a new file of the workspace that names the prompt.
 */
export const newSuite: Command<SuiteServices> = {
	id: 'newSuite',
	async run(services, argument, options) {
		const given = property(options, 'uri');
		if (given !== undefined) {
			const owner = argument === undefined ? undefined : await ownerArgument(services, argument);
			return opened(services, await writeFile(services, toFileUri(given), owner));
		}
		const place = argument === undefined ? await askPlace(services) : 'owner';
		if (place === 'file') {
			const file = await askFile();
			return opened(services, await writeFile(services, file, await askOwner(services)));
		}
		const owner =
			place === 'prompt'
				? await ownerArgument(services, { promptName: await promptArgument(services, undefined) })
				: await ownerArgument(services, argument);
		const store = await services.openStore();
		const { newSuite: written } = await import('../../suites/writeCase.ts');
		await store.write(({ drafts, prompts, suites }) => {
			if (suites.get(owner.ownerKind, owner.ownerId) === undefined) {
				const { metadata } =
					owner.ownerKind === 'draft' ? drafts.get(owner.ownerId) : prompts.getById(owner.ownerId);
				const { head, cases } = firstSuite(metadata);
				const content = written(head, cases);
				suites.put({ ...owner, content, now: new Date().toISOString() });
			}
		});
		return opened(services, suiteUri(store.status.storeId, owner));
	},
};

async function opened({ suiteFiles }: SuiteServices, uri: vscode.Uri): Promise<{ uri: string }> {
	await showSuite(suiteFiles, uri);
	return { uri: uri.toString() };
}

/** Where the suite is to be, unless a draft is active, whose suite is meant then. */
async function askPlace({ panels }: SuiteServices): Promise<'owner' | 'prompt' | 'file'> {
	const hasFolder = vscode.workspace.isTrusted && (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
	const active = vscode.window.activeTextEditor?.document.uri.scheme === 'prompt-draft';
	if (active || panels.activeDraftId !== undefined) {
		return 'owner';
	}
	const items = [
		{ label: vscode.l10n.t('Suite of a draft'), place: 'owner' as const },
		{ label: vscode.l10n.t('Suite of a prompt in the library'), place: 'prompt' as const },
		...(hasFolder ? [{ label: vscode.l10n.t('File in the workspace'), place: 'file' as const }] : []),
	];
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose where the suite is kept') })).place;
}

async function askFile(): Promise<vscode.Uri> {
	const folders = vscode.workspace.workspaceFolders ?? [];
	const folder = chosen(folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0]);
	const name = await askText(
		{
			title: vscode.l10n.t('New Suite'),
			prompt: vscode.l10n.t('Name of the file, without .prompttest.yaml'),
			value: 'prompt',
		},
		checkFileName,
	);
	return uriWithin(vscode.Uri.joinPath(folder.uri, `${name}${ending}`), folder.uri);
}

function checkFileName(name: string): void {
	if (!/^[^\\/:*?"<>|\p{Cc}]{1,100}$/u.test(name) || /^\.|\.$|^\s|\s$/.test(name)) {
		throw new AppError('validation', vscode.l10n.t('This is not a name for a file'), { info: { field: 'name' } });
	}
}

/** The draft or prompt that the file tests; undefined if it is chosen at the run. */
async function askOwner(services: SuiteServices): Promise<SuiteOwner | undefined> {
	const items = [
		{ label: vscode.l10n.t('A draft'), what: 'draft' as const },
		{ label: vscode.l10n.t('A prompt in the library'), what: 'prompt' as const },
		{ label: vscode.l10n.t('Choose at the run'), what: 'none' as const },
	];
	const { what } = chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose what the suite tests') }));
	if (what === 'none') {
		return undefined;
	}
	return what === 'draft'
		? ownerArgument(services, undefined)
		: ownerArgument(services, { promptName: await promptArgument(services, undefined) });
}

/** A new file, which must not exist. */
async function writeFile(
	{ openStore }: SuiteServices,
	given: vscode.Uri,
	owner: SuiteOwner | undefined,
): Promise<vscode.Uri> {
	if (!isSuiteFile(given) || given.path.toLowerCase().endsWith('.json')) {
		throw new AppError('validation', vscode.l10n.t('The name of a suite file ends with {0}', ending), {
			info: { field: 'uri' },
		});
	}
	const uri = await freeUri(given);
	const store = await openStore();
	const { prompt, metadata } = await store.read(({ drafts, prompts }) => {
		if (!owner) {
			return { metadata: {} };
		}
		if (owner.ownerKind === 'draft') {
			const draft = drafts.get(owner.ownerId);
			const isUnique = drafts.list().filter(({ draftName }) => draftName === draft.draftName).length === 1;
			// A name says more than an id, and still fits in another store.
			const name = draft.draftName !== null && isUnique ? draft.draftName : String(draft.id);
			return { prompt: `draft:${name}`, metadata: draft.metadata };
		}
		const found = prompts.getById(owner.ownerId);
		return { prompt: `library:${found.name}`, metadata: found.metadata };
	});
	const { newSuite: written } = await import('../../suites/writeCase.ts');
	const { head, cases } = firstSuite(metadata);
	await writeAtomically(uri, written({ ...head, ...(prompt !== undefined && { prompt }) }, cases));
	return uri;
}

/** A suite that runs as it is: the questions of the draft, and assertions that hold for any proper answer. */
function firstSuite(metadata: Record<string, unknown>): { head: SuiteHead; cases: WrittenCase[] } {
	const { questions, testForm } = readPromptMetadata(metadata);
	const asked =
		questions.length > 0 ? questions.slice(0, firstCases) : [vscode.l10n.t('Who are you, and what can you do?')];
	return {
		head: {
			description: vscode.l10n.t('What must stay true of the answers, whatever changes in the prompt.'),
			...(testForm.topic !== undefined && { topic: testForm.topic }),
		},
		cases: asked.map((query, index) => ({
			name: vscode.l10n.t('question {0}', index + 1),
			query,
			assert: [{ type: 'word-count', value: { min: 1, max: 400 } }, { type: 'not-is-refusal' }],
		})),
	};
}
