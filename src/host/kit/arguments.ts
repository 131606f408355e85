import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { DraftSummary, PromptSummary, TestResult } from '../../common/model.ts';
import { draftIdOf } from '../drafts/draftUri.ts';
import { promptNameOf } from './readOnlyDocuments.ts';
import type { Services } from '../services.ts';
import { showInput } from './notify.ts';
import { showPick } from './pick.ts';

/** The user closed a quick pick or an input box. */
export function cancelled(): AppError {
	return new AppError('cancelled', 'Cancelled');
}

/** The value, or `cancelled` where the user gave none. */
export function chosen<T>(value: T | undefined): T {
	if (value === undefined) {
		throw cancelled();
	}
	return value;
}

function property(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && key in value
		? (value as Record<string, unknown>)[key]
		: undefined;
}

/**
 * A draft's id from a number, a tree item or a document; where the argument is absent, the draft of the editor or panel in
 * use, or the user's choice. An argument that names no draft is an error.
 */
export async function draftArgument(services: Services, argument: unknown): Promise<number> {
	if (argument !== undefined) {
		const given =
			argument instanceof vscode.Uri ? draftIdOf(argument) : (property(argument, 'draftId') ?? argument);
		const id = Number(given);
		if (!Number.isSafeInteger(id) || id < 1) {
			throw new AppError('validation', vscode.l10n.t('The argument names no draft'), {
				info: { field: 'draft' },
			});
		}
		return id;
	}
	const uri = vscode.window.activeTextEditor?.document.uri;
	const id = uri === undefined ? undefined : draftIdOf(uri);
	return id ?? services.panels.activeDraftId ?? (await pickDraft(services)).id;
}

/** Several drafts where the tree has several selected. */
export async function draftArguments(services: Services, item: unknown, selection: unknown): Promise<number[]> {
	const items = Array.isArray(selection) && selection.length > 0 ? selection : [item];
	return Promise.all(items.map((one: unknown) => draftArgument(services, one)));
}

async function pickDraft(services: Services): Promise<DraftSummary> {
	const store = await services.openStore();
	const drafts = await store.read((repositories) => repositories.drafts.list());
	if (drafts.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There is no draft yet. Use "New Draft" to start one'), {
			info: { remedy: 'newDraft' },
		});
	}
	const items = drafts.map((draft) => ({
		label: draft.draftName ?? vscode.l10n.t('Untitled draft {0}', draft.id),
		description: draft.status,
		draft,
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a draft') })).draft;
}

/** A prompt's name from a string, a tree item, a document or the user's choice among those that `offer` takes. */
export async function promptArgument(
	services: Services,
	argument: unknown,
	offer?: (prompt: PromptSummary) => boolean,
): Promise<string> {
	if (argument === undefined) {
		return (await pickPrompt(services, offer)).name;
	}
	const name = promptNameIn(argument);
	if (name === undefined) {
		throw new AppError('validation', vscode.l10n.t('The argument names no prompt'), { info: { field: 'prompt' } });
	}
	return name;
}

/** The prompt that a program, a tree item or a document names. */
export function promptNameIn(argument: unknown): string | undefined {
	const name =
		argument instanceof vscode.Uri ? promptNameOf(argument) : (property(argument, 'promptName') ?? argument);
	return typeof name === 'string' ? name : undefined;
}

async function pickPrompt(
	services: Services,
	offer: (prompt: PromptSummary) => boolean = () => true,
): Promise<PromptSummary> {
	const store = await services.openStore();
	const prompts = await store.read((repositories) => repositories.prompts.list().filter(offer));
	if (prompts.length === 0) {
		throw new AppError(
			'not-found',
			vscode.l10n.t(
				'There is no other prompt in the library yet. Commit a draft, or use "Add Prompt to Library"',
			),
		);
	}
	const items = prompts.map((prompt) => ({
		label: prompt.title,
		description: prompt.isDefault ? vscode.l10n.t('{0} · default', prompt.name) : prompt.name,
		...(prompt.description !== null && { detail: prompt.description }),
		prompt,
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a prompt') })).prompt;
}

/** A topic's name from a string, a tree item or the user's choice. */
export async function topicArgument(services: Services, argument: unknown): Promise<string> {
	const given = typeof argument === 'string' ? argument : property(argument, 'topicName');
	if (typeof given === 'string') {
		return given;
	}
	const topics = await services.topics.list();
	if (topics.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There is no topic yet. Use "Import Topic" to fill one'), {
			info: { remedy: 'importTopic' },
		});
	}
	const items = topics.map(({ name, articles }) => ({
		label: name,
		description: vscode.l10n.t('{0} articles', articles.toLocaleString()),
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a topic') })).label;
}

/** A test result's id from a string or an item that carries one. */
export async function resultArgument(services: Services, argument: unknown): Promise<string> {
	const given = typeof argument === 'string' ? argument : property(argument, 'testId');
	return typeof given === 'string' ? given : pickResult(services, await draftArgument(services, argument));
}

/** Lets the user choose one of a draft's results. */
export async function pickResult(
	services: Services,
	draftId: number,
	options: { only?: (result: TestResult) => boolean; placeHolder?: string } = {},
): Promise<string> {
	const store = await services.openStore();
	const results = await store.read((repositories) => repositories.results.list(draftId));
	const items = results
		.filter((result) => options.only?.(result) ?? true)
		.map((result) => ({
			label: result.query,
			description: `${result.model} · ${result.topic} · ${new Date(result.timestamp).toLocaleString()}`,
			detail: result.responsePreview.slice(0, 120),
			testId: result.testId,
		}));
	if (items.length === 0) {
		throw new AppError(
			'not-found',
			results.length === 0
				? vscode.l10n.t('This draft has no test result yet. Run a test first')
				: vscode.l10n.t('This draft has no other test result. Run another test first'),
		);
	}
	const placeHolder = options.placeHolder ?? vscode.l10n.t('Choose a test result');
	return chosen(await showPick(items, { placeHolder, matchOnDescription: true })).testId;
}

/** An input box whose value is checked as one types, by a rule that throws; `warn` says what a value that is allowed would do. */
export async function askText(
	options: vscode.InputBoxOptions,
	check: (value: string) => void,
	warn?: (value: string) => string | undefined,
): Promise<string> {
	const value = await showInput({
		ignoreFocusOut: true,
		...options,
		validateInput: (text) => {
			try {
				check(text);
				const message = warn?.(text);
				return message === undefined
					? undefined
					: { message, severity: vscode.InputBoxValidationSeverity.Warning };
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		},
	});
	return chosen(value);
}

/** The value as an object, for the options of a command called by a program. */
export function optionsArgument(argument: unknown): Record<string, unknown> {
	return typeof argument === 'object' && argument !== null && !Array.isArray(argument)
		? (argument as Record<string, unknown>)
		: {};
}

export function optionalString(options: Record<string, unknown>, key: string): string | undefined {
	const value = options[key];
	if (value !== undefined && typeof value !== 'string') {
		throw new AppError('validation', `${key} must be a string, not ${typeof value}`, { info: { field: key } });
	}
	return value;
}
