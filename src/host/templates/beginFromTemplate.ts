import * as vscode from 'vscode';
import type { StartOptions, StartedWorkshop } from '../../common/api.ts';
import { AppError } from '../../common/errors.ts';
import { cutText } from '../../common/cutText.ts';
import { checkDraftName, limits } from '../../workshop/rules.ts';
import { openStarted } from '../drafts/newDraft.ts';
import { askText, cancelled } from '../kit/arguments.ts';
import { templateUriOf } from '../kit/readOnlyDocuments.ts';
import { promptNameIn } from '../library/promptArguments.ts';
import { openTemplateFile, pickTemplate, type ChosenTemplate } from './pickTemplate.ts';
import { suiteBeside, type FoundTemplate } from './templateFiles.ts';
import type { TemplateServices } from './templateServices.ts';
import { startOfPrompt, startOfTemplate, type TemplateStart } from './templateStart.ts';

/**
 * A draft that begins with a template, or with the text of a prompt and is not tied to it. A name is looked for among
 * the built-in templates, those of the workspace, those of the user and the prompts of the library, in this order;
 * `mine:tutor` names one place.
 */
export async function beginFromTemplate(
	services: TemplateServices,
	argument: unknown,
	options: unknown,
): Promise<StartedWorkshop> {
	const chosen = argument === undefined ? await pickTemplate(services) : await named(services, argument);
	if ('found' in chosen && !chosen.found.template && argument === undefined) {
		await openTemplateFile(chosen.found);
		throw cancelled();
	}
	const start = await startOf(services, chosen);
	const given = (options as Pick<StartOptions, 'draftName' | 'model'> | undefined) ?? {
		draftName: await askName(start.templateTitle),
	};
	return openStarted(services, { ...given, ...start });
}

async function askName(templateTitle: string): Promise<string> {
	const title = vscode.l10n.t('New from "{0}"', templateTitle);
	const value = cutText(templateTitle, limits.draftName.maximum);
	return askText({ title, prompt: vscode.l10n.t('A name for the draft'), value }, checkDraftName);
}

async function startOf(services: TemplateServices, chosen: ChosenTemplate): Promise<TemplateStart> {
	if ('prompt' in chosen) {
		const store = await services.openStore();
		return startOfPrompt(await store.read(({ prompts }) => prompts.get(chosen.prompt.name)));
	}
	const { found } = chosen;
	if (!found.template) {
		const { line, column, message } = found.problem;
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'{0} is not a template. Line {1}, column {2}: {3}',
				found.uri.path.split('/').at(-1) ?? found.id,
				line,
				column,
				message,
			),
			{ info: { field: 'template' } },
		);
	}
	return startOfTemplate(found.template, await suiteBeside(found.uri));
}

/** The template or prompt that a program, a tree item or a document names. */
async function named(services: TemplateServices, argument: unknown): Promise<ChosenTemplate> {
	const uri = argument instanceof vscode.Uri ? templateUriOf(argument) : undefined;
	const name = promptNameIn(argument) ?? uri ?? '';
	// A tree item and a document say whether they mean a prompt.
	if (uri !== undefined || typeof argument === 'string') {
		const found = (await services.templateFiles.list()).find((template) =>
			uri === undefined ? isNamed(template, name) : template.uri.toString() === uri,
		);
		if (found) {
			return { found };
		}
	}
	const store = await services.openStore();
	const prompt = await store.read(({ prompts }) => prompts.list().find((candidate) => candidate.name === name));
	if (!prompt) {
		throw new AppError(
			'not-found',
			vscode.l10n.t(
				'There is no template or prompt "{0}". Run "New from Template" without a name to see them all',
				name,
			),
			{ info: { field: 'template' } },
		);
	}
	return { prompt };
}

function isNamed({ place, id }: FoundTemplate, name: string): boolean {
	return id === name || `${place}:${id}` === name;
}
