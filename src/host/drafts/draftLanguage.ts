import * as vscode from 'vscode';
import { topicToolNames } from '../../common/tools.ts';
import { draftScheme } from './draftUri.ts';
import { openTag } from './openTag.ts';

const selector: vscode.DocumentSelector = { scheme: draftScheme };

function describeTool(name: (typeof topicToolNames)[number]): string {
	switch (name) {
		case 'enhanced_database_search':
			return vscode.l10n.t(
				'Ranked text search in the topic: query, limit. Date phrases such as "last 7 days" filter',
			);
		case 'get_topic_articles':
			return vscode.l10n.t('The newest articles of the topic: limit, days_back');
		case 'get_article_categories':
			return vscode.l10n.t('The categories of the topic with their counts');
		case 'search_articles_by_keywords':
			return vscode.l10n.t('Articles that contain the given keywords');
		case 'search_articles_by_categories':
			return vscode.l10n.t('Articles of the given categories');
		case 'analyze_sentiment_trends':
			return vscode.l10n.t('Recorded sentiment in the topic over a period, or "not recorded" if there is none');
	}
}

/** Completion and hover for the names of tools. */
export function registerDraftLanguage(): vscode.Disposable {
	const completion = vscode.languages.registerCompletionItemProvider(
		selector,
		{
			provideCompletionItems(document, position) {
				const before = document.lineAt(position).text.slice(0, position.character);
				return openTag.test(before) ? [] : toolItems();
			},
		},
		'`',
	);
	const hover = vscode.languages.registerHoverProvider(selector, {
		provideHover(document, position) {
			const range = document.getWordRangeAtPosition(position, /[a-z]+(?:_[a-z]+)+/);
			const tool = topicToolNames.find((name) => range && name === document.getText(range));
			return tool && new vscode.Hover(vscode.l10n.t('Topic tool. {0}', describeTool(tool)), range);
		},
	});
	return vscode.Disposable.from(completion, hover);
}

function toolItems(): vscode.CompletionItem[] {
	return topicToolNames.map((name) => {
		const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Function);
		item.detail = vscode.l10n.t('Topic tool');
		item.documentation = describeTool(name);
		return item;
	});
}
