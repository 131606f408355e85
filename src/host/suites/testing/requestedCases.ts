import type * as vscode from 'vscode';
import type { SuiteTests } from './suiteTests.ts';
import type { TestTree } from './testTree.ts';

/** What is to be run of a suite. */
export interface RequestedCases {
	suite: SuiteTests;
	/** Ids; undefined for all. */
	ids: readonly string[] | undefined;
}

type Request = Pick<vscode.TestRunRequest, 'include' | 'exclude'>;

/** The suites and cases that the user wants to run, each suite once; suites that were not opened yet are read. */
export async function requestedCases(tree: TestTree, { include, exclude }: Request): Promise<RequestedCases[]> {
	await tree.listed();
	// By their ids: the items of a continuous run are old ones once the document of their suite has moved.
	const excluded = new Set(exclude?.map(keyOf));
	const chosen = new Map<string, Set<string> | 'all'>();
	const visit = (item: vscode.TestItem) => {
		if (excluded.has(keyOf(item))) {
			return;
		}
		const suite = tree.suiteOf(item);
		if (!suite) {
			item.children.forEach(visit);
		} else if (suite.uri === item.id) {
			chosen.set(suite.uri, 'all');
		} else {
			const ids = chosen.get(suite.uri) ?? new Set<string>();
			chosen.set(suite.uri, ids === 'all' ? ids : ids.add(item.id));
		}
	};
	(include ?? tree.roots).forEach(visit);
	const requested: RequestedCases[] = [];
	for (const [uri, ids] of chosen) {
		const suite = await tree.load(uri);
		if (!suite) {
			continue;
		}
		const all = [...(suite.cases?.keys() ?? [])];
		const isExcluded = (id: string) => {
			const item = suite.item.children.get(id);
			return item !== undefined && excluded.has(keyOf(item));
		};
		const left = all.filter((id) => (ids === 'all' || ids.has(id)) && !isExcluded(id));
		// A suite without a case is run too: its error says why there is none.
		if (left.length > 0 || all.length === 0) {
			requested.push({ suite, ids: left.length === all.length ? undefined : left });
		}
	}
	return requested;
}

function keyOf({ id, parent }: vscode.TestItem): string {
	return `${parent?.id ?? ''}\0${id}`;
}
