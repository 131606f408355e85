import * as vscode from 'vscode';
import { visibleText } from '../../common/visibleText.ts';
import type { PromptMetadata, PromptVariable } from '../../prompts/promptMetadata.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { renderPrompt, variableValues } from '../../prompts/variables/renderPrompt.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';
import { nameOf } from '../../prompts/variables/variableNames.ts';
import type { Store } from '../../storage/contract.ts';
import { draftMetadata } from './draftMetadata.ts';
import { draftScheme } from './draftUri.ts';
import { variableTypeLabel } from './variableTypeLabel.ts';

const longestPreview = 1_000;

/** Over a tag: the variable's type, note and value, and what the tag becomes with it. */
export function registerVariableHover(openStore: () => Promise<Store>): vscode.Disposable {
	return vscode.languages.registerHoverProvider(
		{ scheme: draftScheme },
		{
			async provideHover(document, position) {
				const tag = tagAt(document, position);
				const name = tag && nameOf(tag);
				const metadata = await draftMetadata(openStore, document);
				if (!tag || name === undefined || !metadata) {
					return undefined;
				}
				const range = new vscode.Range(document.positionAt(tag.start), document.positionAt(tag.end));
				const variable = metadata.variables.find((declared) => declared.name === name);
				const lines = variable
					? describe(variable, metadata, document.getText(range), tag)
					: [
							new vscode.MarkdownString().appendText(
								vscode.l10n.t(
									'The variable "{0}" is not declared here. In a section it can be a key of the section\'s value',
									name,
								),
							),
						];
				return new vscode.Hover(lines, range);
			},
		},
	);
}

/** The tag at a position. */
export function tagAt(document: vscode.TextDocument, position: vscode.Position): TemplateTag | undefined {
	const offset = document.offsetAt(position);
	return parseTemplate(document.getText()).tags.find(({ start, end }) => start <= offset && offset <= end);
}

function describe(
	variable: PromptVariable,
	{ variables, testForm }: PromptMetadata,
	written: string,
	tag: TemplateTag,
): vscode.MarkdownString[] {
	const { name, type, note = '', choices = [] } = variable;
	const facts = [
		type === 'choice'
			? vscode.l10n.t('{0}: one of {1}', name, choices.join(', '))
			: `${name}: ${variableTypeLabel(type)}`,
		note,
		source(variable, testForm.vars),
	].filter((line) => line !== '');
	const head = facts.map((line) => new vscode.MarkdownString().appendText(visibleText(line)));
	if (tag.kind !== 'variable') {
		return head;
	}
	const rendered = renderPrompt(written, variables, testForm.vars);
	if ('problems' in rendered) {
		return head;
	}
	const shown = visibleText(rendered.text.slice(0, longestPreview));
	const preview = rendered.text.length > longestPreview ? `${shown}…` : shown;
	return [...head, new vscode.MarkdownString().appendCodeblock(preview, 'text')];
}

/** Where the value comes from, or what is wrong with it. */
function source(variable: PromptVariable, typed: Readonly<Record<string, string>>): string {
	const { values, errors } = variableValues([variable], typed);
	const error = errors.get(variable.name);
	if (error !== undefined) {
		return error;
	}
	if (!Object.hasOwn(values, variable.name)) {
		return vscode.l10n.t('It has no value yet: fill it in for the test, or give it a default');
	}
	return Object.hasOwn(typed, variable.name)
		? vscode.l10n.t('With the value of the test form, this tag becomes:')
		: vscode.l10n.t('With its default, this tag becomes:');
}
