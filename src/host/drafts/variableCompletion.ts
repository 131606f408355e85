import * as vscode from 'vscode';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { filterNames, type FilterName } from '../../prompts/variables/templateTag.ts';
import { variableNames } from '../../prompts/variables/variableNames.ts';
import type { Store } from '../../storage/contract.ts';
import { draftMetadata } from './draftMetadata.ts';
import { draftScheme } from './draftUri.ts';
import { openTag } from './openTag.ts';
import { variableTypeLabel } from './variableTypeLabel.ts';

const openFilter = /\{\{[^{}\n]*\|[ \t]*(\w*)$/;

/** Completes the names of variables after `{{`, and filters after `|`. */
export function registerVariableCompletion(openStore: () => Promise<Store>): vscode.Disposable {
	return vscode.languages.registerCompletionItemProvider(
		{ scheme: draftScheme },
		{
			async provideCompletionItems(document, position) {
				const line = document.lineAt(position).text;
				const before = line.slice(0, position.character);
				const isClosed = /^[ \t]*\}\}/.test(line.slice(position.character));
				const filter = openFilter.exec(before);
				if (filter) {
					return filterItems(rangeBefore(position, filter[1] ?? ''), isClosed);
				}
				const tag = openTag.exec(before);
				if (!tag) {
					return undefined;
				}
				const [, sigil = '', typed = ''] = tag;
				const range = rangeBefore(position, typed);
				if (sigil === '/') {
					return openSections(document, position).map((name) => closed(nameItem(name, range), isClosed));
				}
				const declared = (await draftMetadata(openStore, document))?.variables ?? [];
				const items = variableItems(declared, document, range);
				const isSection = (sigil === '#' || sigil === '^') && !isClosed;
				return items.map((item) => (isSection ? withEnd(item) : closed(item, isClosed)));
			},
		},
		'{',
		'#',
		'^',
		'/',
		'|',
	);
}

function rangeBefore(position: vscode.Position, typed: string): vscode.Range {
	return new vscode.Range(position.translate(0, -typed.length), position);
}

type NameItem = vscode.CompletionItem & { label: string; insertText: string };

function nameItem(label: string, range: vscode.Range): NameItem {
	const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Variable);
	return Object.assign(item, { label, range, insertText: label });
}

/** Declared variables first, then the other names that the text uses. */
function variableItems(
	declared: readonly PromptVariable[],
	document: vscode.TextDocument,
	range: vscode.Range,
): NameItem[] {
	const known = new Set(declared.map(({ name }) => name));
	const others = variableNames(document.getText()).filter((name) => !known.has(name));
	return [
		...declared.map((variable) => {
			const item = nameItem(variable.name, range);
			item.detail = variableTypeLabel(variable.type);
			item.documentation = variable.note ?? '';
			item.sortText = `0${variable.name}`;
			return item;
		}),
		...others.map((name) => {
			const item = nameItem(name, range);
			item.detail = vscode.l10n.t('Not declared');
			item.sortText = `1${name}`;
			return item;
		}),
	];
}

function closed(item: NameItem, isClosed: boolean): vscode.CompletionItem {
	item.insertText += isClosed ? '' : '}}';
	return item;
}

/** A section with the cursor before its end. */
function withEnd(item: NameItem): vscode.CompletionItem {
	const snippet = new vscode.SnippetString(item.insertText).appendText('}}').appendTabstop(0);
	return Object.assign(item, { insertText: snippet.appendText(`{{/${item.label}}}`) });
}

/** The names of the sections that are open before a position, innermost first. */
function openSections(document: vscode.TextDocument, position: vscode.Position): string[] {
	const text = document.getText(new vscode.Range(new vscode.Position(0, 0), position));
	const { tags, problems } = parseTemplate(text);
	const open = new Set(problems.flatMap(({ code, start }) => (code === 'unclosed-section' ? [start] : [])));
	return tags
		.filter(({ start }) => open.has(start))
		.map(({ name }) => name)
		.reverse();
}

function filterItems(range: vscode.Range, isClosed: boolean): vscode.CompletionItem[] {
	return filterNames.map((name) => {
		const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Function);
		item.range = range;
		item.detail = describeFilter(name);
		const snippet = new vscode.SnippetString(name);
		if (name === 'join' || name === 'default') {
			snippet
				.appendText('("')
				.appendPlaceholder(name === 'join' ? ', ' : '')
				.appendText('")');
		}
		if (!isClosed) {
			snippet.appendText('}}');
		}
		item.insertText = snippet;
		return item;
	});
}

function describeFilter(name: FilterName): string {
	switch (name) {
		case 'upper':
			return vscode.l10n.t('In capitals');
		case 'lower':
			return vscode.l10n.t('In lower case');
		case 'trim':
			return vscode.l10n.t('Without spaces at both ends');
		case 'json':
			return vscode.l10n.t('As JSON');
		case 'default':
			return vscode.l10n.t('This text if there is no value');
		case 'join':
			return vscode.l10n.t('The items of a list with this text between');
	}
}
