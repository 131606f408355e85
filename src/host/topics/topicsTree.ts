import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { ArticleSummary, Topic } from '../../common/topicModel.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import { showError } from '../kit/command.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { plural } from '../kit/plural.ts';
import { visibleRows } from '../kit/visibleRows.ts';
import { deleteUnusedCopies, droppedSources } from './droppedSources.ts';

export type TopicNode =
	| { kind: 'topic'; topicName: string; topic: Topic }
	| { kind: 'group'; topicName: string; by: 'category' | 'month'; key: string; count: number }
	| { kind: 'article'; articleUri: string; article: ArticleSummary }
	| { kind: 'more'; topicName: string; shown: number; total: number }
	| { kind: 'skipped'; topicName: string; count: number }
	| { kind: 'import' };

const articlesShown = 500;

/**
 * Topics; below each its articles by category, or by month where no category is recorded. Files dropped here are
 * imported. Without a topic there is a row that imports one: nothing can be dropped on a view's welcome text.
 */
export class TopicsTree implements vscode.TreeDataProvider<TopicNode>, vscode.TreeDragAndDropController<TopicNode> {
	readonly #changed = new vscode.EventEmitter<TopicNode | undefined>();
	readonly #disposables = new DisposableStore();
	readonly #topics: TopicIndex;
	readonly #droppedFiles: vscode.Uri;
	readonly #onFailed: (error: unknown) => void;
	readonly #view: vscode.TreeView<TopicNode>;

	readonly onDidChangeTreeData = this.#changed.event;
	readonly dropMimeTypes = ['text/uri-list', 'files'];
	readonly dragMimeTypes = [];

	constructor(topics: TopicIndex, droppedFiles: vscode.Uri, onFailed: (error: unknown) => void) {
		this.#topics = topics;
		this.#droppedFiles = droppedFiles;
		this.#onFailed = onFailed;
		this.#disposables.add(this.#changed);
		this.#disposables.add(topics.onDidChange(() => this.refresh()));
		this.#view = this.#disposables.add(
			vscode.window.createTreeView('promptWorkshop.topics', {
				treeDataProvider: visibleRows<TopicNode>(this),
				dragAndDropController: this,
				showCollapseAll: true,
			}),
		);
	}

	refresh(): void {
		this.#changed.fire(undefined);
	}

	async getChildren(parent?: TopicNode): Promise<TopicNode[]> {
		try {
			return await this.#children(parent);
		} catch (error) {
			this.#onFailed(toAppError(error));
			return [];
		}
	}

	async #children(parent: TopicNode | undefined): Promise<TopicNode[]> {
		switch (parent?.kind) {
			case undefined: {
				const topics = await this.#topics.list();
				const isEmpty = topics.length === 0;
				this.#view.message = isEmpty
					? vscode.l10n.t(
							'A topic is a collection of articles that a prompt is tested on. Drop a folder or a file here, or choose one:',
						)
					: '';
				return isEmpty
					? [{ kind: 'import' }]
					: topics.map((topic) => ({ kind: 'topic', topicName: topic.name, topic }));
			}
			case 'topic': {
				const { topicName, topic } = parent;
				const categories = await this.#topics.ask('groups', topicName, 'category');
				const by = categories.some(({ key }) => key !== '') ? 'category' : 'month';
				const groups = by === 'category' ? categories : await this.#topics.ask('groups', topicName, 'month');
				const nodes: TopicNode[] = groups.map(({ key, count }) => ({
					kind: 'group',
					topicName,
					by,
					key,
					count,
				}));
				return topic.skipped > 0 ? [...nodes, { kind: 'skipped', topicName, count: topic.skipped }] : nodes;
			}
			case 'group': {
				const { topicName, by, key, count } = parent;
				const articles = await this.#topics.articles(topicName, { by, group: key, limit: articlesShown });
				const nodes: TopicNode[] = articles.map((article) => ({
					kind: 'article',
					articleUri: article.uri,
					article,
				}));
				return count > articles.length
					? [...nodes, { kind: 'more', topicName, shown: articles.length, total: count }]
					: nodes;
			}
			case 'article':
			case 'more':
			case 'skipped':
			case 'import':
				return [];
		}
	}

	getTreeItem(node: TopicNode): vscode.TreeItem {
		switch (node.kind) {
			case 'topic':
				return topicItem(node.topic);
			case 'group': {
				const item = new vscode.TreeItem(
					node.key || vscode.l10n.t('Not recorded'),
					vscode.TreeItemCollapsibleState.Collapsed,
				);
				item.id = `group:${node.topicName}:${node.by}:${node.key}`;
				item.description = node.count.toLocaleString();
				item.contextValue = 'group';
				return item;
			}
			case 'article':
				return articleItem(node.article);
			case 'more': {
				const item = new vscode.TreeItem(
					vscode.l10n.t('{0} more: search the topic', (node.total - node.shown).toLocaleString()),
				);
				item.command = {
					command: 'promptWorkshop.searchTopic',
					title: vscode.l10n.t('Search Topic'),
					arguments: [node.topicName],
				};
				return item;
			}
			case 'skipped':
				return skippedItem(node.topicName, node.count);
			case 'import':
				return importItem();
		}
	}

	/** Imports what was dropped, one after the other; a cancelled or failed import ends it. */
	async handleDrop(_target: TopicNode | undefined, data: vscode.DataTransfer): Promise<void> {
		try {
			const before = await this.#sources();
			const places = await droppedSources(data, this.#droppedFiles);
			for (const place of places) {
				const report = await vscode.commands.executeCommand<unknown>('promptWorkshop.importTopic', place);
				if (report === undefined) {
					break;
				}
			}
			const candidates = [...before, ...places.map(({ fsPath }) => fsPath)];
			await deleteUnusedCopies(this.#droppedFiles, candidates, await this.#sources());
		} catch (error) {
			await showError(toAppError(error));
		}
	}

	async #sources(): Promise<string[]> {
		return (await this.#topics.list()).flatMap(({ source }) => source ?? []);
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function topicItem(topic: Topic): vscode.TreeItem {
	const item = new vscode.TreeItem(topic.name, vscode.TreeItemCollapsibleState.Collapsed);
	const years = [...new Set([topic.oldest, topic.newest].flatMap((date) => (date ? [date.slice(0, 4)] : [])))];
	item.id = `topic:${topic.name}`;
	item.description = [topic.articles.toLocaleString(), years.join(' – ')].filter(Boolean).join(' · ');
	item.iconPath = new vscode.ThemeIcon('book');
	item.contextValue = 'topic';
	item.tooltip = [topic.name, vscode.l10n.t('{0} articles', topic.articles.toLocaleString()), topic.source]
		.filter(Boolean)
		.join('\n');
	item.accessibilityInformation = {
		label: vscode.l10n.t('{0}, {1} articles', topic.name, topic.articles.toLocaleString()),
	};
	return item;
}

function skippedItem(topicName: string, count: number): vscode.TreeItem {
	const item = new vscode.TreeItem(
		plural(count, vscode.l10n.t('1 skipped'), vscode.l10n.t('{0} skipped', count.toLocaleString())),
	);
	item.id = `skipped:${topicName}`;
	item.iconPath = new vscode.ThemeIcon('warning');
	item.tooltip = vscode.l10n.t('What the last import skipped, and why');
	item.command = {
		command: 'vscode.open',
		title: vscode.l10n.t('Show Skipped'),
		arguments: [readOnlyUri({ kind: 'skipped', key: topicName, title: vscode.l10n.t('Skipped {0}', topicName) })],
	};
	return item;
}

function importItem(): vscode.TreeItem {
	const title = vscode.l10n.t('Import Topic');
	const item = new vscode.TreeItem(title);
	item.iconPath = new vscode.ThemeIcon('folder-opened');
	item.command = { command: 'promptWorkshop.importTopic', title };
	return item;
}

function articleItem(article: ArticleSummary): vscode.TreeItem {
	const item = new vscode.TreeItem(article.title);
	item.id = `article:${article.topic}:${article.uri}`;
	item.description = [article.publicationDate?.slice(0, 10), article.newsSource].filter(Boolean).join(' · ');
	item.contextValue = 'article';
	item.tooltip = [article.title, article.summary, article.uri].filter(Boolean).join('\n');
	item.command = {
		command: 'promptWorkshop.openArticle',
		title: vscode.l10n.t('Open Article'),
		arguments: [article.uri],
	};
	return item;
}
