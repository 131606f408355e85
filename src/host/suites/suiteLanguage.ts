import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { JsonSchema } from '../../common/tools.ts';
import type { SuiteCompletion } from '../../suites/editing/suiteCompletions.ts';
import type { SuiteCursor } from '../../suites/editing/suiteCursor.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteScheme } from './suiteUri.ts';

const selector: vscode.DocumentSelector = [
	{ scheme: suiteScheme },
	{ scheme: 'file', pattern: '**/*.prompttest.{yaml,yml}' },
];

type Services = Pick<SuiteServices, 'openStore' | 'topics' | 'modelChoice'>;

/**
 * Completion and hover in suites that are YAML; VS Code itself does it for JSON. Where the YAML extension is, it shows
 * fields and types from the same schema, and only names of prompts, models and topics are added here.
 */
export function registerSuiteLanguage(services: Services): Disposable {
	const disposables = new DisposableStore();
	disposables.add(
		vscode.languages.registerCompletionItemProvider(
			selector,
			{ provideCompletionItems: (document, position) => completions(services, document, position) },
			' ',
			':',
		),
	);
	disposables.add(vscode.languages.registerHoverProvider(selector, { provideHover }));
	return disposables;
}

export const yamlExtension = 'redhat.vscode-yaml';

function hasYamlExtension(): boolean {
	return vscode.extensions.getExtension(yamlExtension) !== undefined;
}

/** The schema and its readers, loaded on first use. */
async function loaded() {
	const [cursor, fields, { suiteSchema }, { graders }] = await Promise.all([
		import('../../suites/editing/suiteCursor.ts'),
		import('../../suites/editing/suiteCompletions.ts'),
		import('../../suites/suiteSchema.ts'),
		import('../../suites/graders/all.ts'),
	]);
	const schema: JsonSchema = suiteSchema(graders);
	return { ...cursor, ...fields, schema };
}

async function completions(
	services: Services,
	document: vscode.TextDocument,
	position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
	const { suiteCursor, suiteCompletions, schema } = await loaded();
	const cursor = suiteCursor(document.getText(), document.offsetAt(position));
	if (!cursor) {
		return [];
	}
	const range = new vscode.Range(document.positionAt(cursor.start), document.positionAt(cursor.end));
	const fromSchema = hasYamlExtension() ? [] : suiteCompletions(schema, cursor);
	return [...fromSchema, ...(await namesAt(services, cursor))].map((one) => itemOf(one, range));
}

function itemOf({ label, kind, description, insertText }: SuiteCompletion, range: vscode.Range): vscode.CompletionItem {
	const item = new vscode.CompletionItem(
		label,
		kind === 'field' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
	);
	item.documentation = description;
	item.insertText = insertText;
	item.range = range;
	return item;
}

/** Prompts, chosen models and topics, where the suite names one. */
async function namesAt(services: Services, { path, role }: SuiteCursor): Promise<SuiteCompletion[]> {
	const [field, index, ...deeper] = path;
	const isItem = index === undefined || typeof index === 'number';
	if (role === 'key' || !isItem || deeper.length > 0) {
		return [];
	}
	if (field === 'topic') {
		const topics = await services.topics.list();
		return topics.map(({ name, articles }) => value(name, vscode.l10n.t('{0} articles', articles)));
	}
	if (field === 'models') {
		// Asking providers for their lists would send requests while the user types.
		const chosen = (['test', 'chat'] as const).flatMap((use) => services.modelChoice.chosen(use) ?? []);
		return [...new Set(chosen)].map((model) => value(model, ''));
	}
	if (field !== 'prompt') {
		return [];
	}
	const store = await services.openStore();
	return store.read(({ drafts, prompts }) => [
		...drafts.list().map(({ id, draftName }) => value(`draft:${draftName ?? id}`, '')),
		...prompts.list().map(({ name, title }) => value(`library:${name}`, title)),
	]);
}

function value(name: string, description: string): SuiteCompletion {
	// A text that YAML would read as something else, or that has a colon and a blank, needs quotes.
	const isPlain = /^[\p{L}\d_][^#"'\n]*$/u.test(name) && !/:\s|\s$/.test(name);
	return { label: name, kind: 'value', description, insertText: isPlain ? name : JSON.stringify(name) };
}

async function provideHover(
	document: vscode.TextDocument,
	position: vscode.Position,
): Promise<vscode.Hover | undefined> {
	if (hasYamlExtension()) {
		return undefined;
	}
	const { suiteCursor, suiteHover, schema } = await loaded();
	const text = document.getText();
	const cursor = suiteCursor(text, document.offsetAt(position));
	const word = cursor && text.slice(cursor.start, cursor.end).replace(/^(["'])(.*)\1$/s, '$2');
	const hover = cursor && word !== undefined ? suiteHover(schema, cursor, word) : undefined;
	return hover === undefined || !cursor
		? undefined
		: new vscode.Hover(
				// Plain text: it is not Markdown.
				new vscode.MarkdownString().appendText(hover),
				new vscode.Range(document.positionAt(cursor.start), document.positionAt(cursor.end)),
			);
}
