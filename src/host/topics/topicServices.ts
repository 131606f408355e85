import type * as vscode from 'vscode';
import type { TopicIndex } from '../../topics/contract.ts';
import type { TopicsTree } from './topicsTree.ts';

/** What commands on topics work with. */
export interface TopicServices {
	log: vscode.LogOutputChannel;
	topics: TopicIndex;
	topicsTree: TopicsTree;
}
