import * as vscode from 'vscode';
import type { FeatureServices } from '../kit/featureServices.ts';
import { importTopic } from './importTopic.ts';
import { openArticle } from './openArticle.ts';
import { refreshTopic } from './refreshTopic.ts';
import { removeTopic } from './removeTopic.ts';
import { renameTopic } from './renameTopic.ts';
import { searchTopic } from './searchTopic.ts';
import { openTopics } from './openTopics.ts';
import { addTopicDocuments } from './topicDocuments.ts';
import type { TopicServices } from './topicServices.ts';
import { TopicsTree } from './topicsTree.ts';

/** The topics: their index, beside the store, their tree, their documents and their commands. */
export function registerTopics(services: FeatureServices & { folder: () => Promise<string> }): TopicServices {
	const { extension, log, own, commands, readOnly, folder, onStoreFailed } = services;
	const topics = own(openTopics(folder, log));
	const droppedFiles = vscode.Uri.joinPath(extension.globalStorageUri, 'dropped');
	const topicsTree = own(new TopicsTree(topics, droppedFiles, onStoreFailed));
	addTopicDocuments(readOnly, topics);
	readOnly.follow(topics.onDidChange);
	const slice: TopicServices = { log, topics, topicsTree };
	commands.add(slice, [importTopic, refreshTopic, renameTopic, removeTopic, searchTopic, openArticle]);
	return slice;
}
