// The trees and the search of a big library: making every row of 5,000 drafts and 2,000 prompts in each grouping, what a
// save refreshes, and each key typed into Find Draft or Prompt over 5,000 prompts of 3 KB. A number over its budget makes
// the run fail. Real store; of VS Code only the classes that rows are made of. Times in milliseconds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import type { Grouping } from '../../src/host/kit/filedRows.ts';
import type { Repositories } from '../../src/storage/contract.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { RecordFinder } from '../../src/workshop/findRecords.ts';
import { LiveRuns } from '../../src/workshop/liveRuns.ts';
import { randomNumbers } from '../support/random.ts';
import { loadSqlJs } from '../support/storage/sql.ts';
import { fakeTrees } from '../support/vscode/fakeTrees.ts';

const treeBudget = 300;
const keyBudget = 100;
const now = '2026-01-02T03:04:05.000Z';
const words =
	'answer article audience brief cite claim customer evidence example format invoice never order policy quote refund role short source table task tone tool value'.split(
		' ',
	);

fakeTrees();
const { DraftsTree } = await import('../../src/host/drafts/draftsTree.ts');
const { LibraryTree } = await import('../../src/host/library/libraryTree.ts');
const random = randomNumbers(7);
const folder = await mkdtemp(join(tmpdir(), 'trees-bench-'));

function verdict(name: string, times: readonly number[], budget: number): void {
	const sorted = [...times].sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
	const met = median <= budget;
	const slowest = (sorted.at(-1) ?? NaN).toFixed(0);
	console.log(
		`${met ? 'met   ' : 'MISSED'} ${name} in ${budget} ms: ${median.toFixed(0)} ms (slowest ${slowest} ms)`,
	);
	if (!met) {
		process.exitCode = 1;
	}
}

function textOf(size: number): string {
	let text = '';
	while (text.length < size) {
		text += `${words[Math.floor(random() * words.length)] ?? ''} `;
	}
	return text;
}

function filing(index: number): Record<string, unknown> {
	return {
		tags: [`tag ${index % 40}`, `team ${index % 7}`],
		folder: index % 5 === 0 ? '' : `Area ${index % 12}/Project ${index % 60}`,
		favourite: index % 50 === 0,
	};
}

async function openBench(name: string) {
	return openStore({ folder: join(folder, name), files: nodeFiles, initSqlJs: loadSqlJs, now: () => new Date(now) });
}

async function fill(count: number, write: (repositories: Repositories, index: number) => void): Promise<void> {
	for (let part = 0; part < count; part += 500) {
		await store.write((repositories) => {
			for (let index = part; index < Math.min(count, part + 500); index++) {
				write(repositories, index);
			}
		});
	}
}

/** Makes every row, as if everything were expanded. Returns their number. */
async function paint<T>(tree: vscode.TreeDataProvider<T>, parent?: T): Promise<number> {
	const children = (await tree.getChildren(parent)) ?? [];
	let count = children.length;
	for (const child of children) {
		const item = await tree.getTreeItem(child);
		count += item.collapsibleState ? await paint(tree, child) : 0;
	}
	return count;
}

const memory = new Map<string, unknown>();
const view = { visible: true, badge: undefined, message: '', description: '', dispose: () => undefined };
const createView = (() => view) as never;
const services = (opened: typeof store) => ({
	openStore: () => Promise.resolve(opened),
	workshop: {
		file: () => Promise.reject(new Error('unused')),
		moveFolder: () => Promise.reject(new Error('unused')),
	},
	runs: new LiveRuns(),
	memory: {
		keys: () => [],
		get: (key: string) => memory.get(key),
		update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
	} as unknown as vscode.Memento,
	onFailed: (error: unknown) => {
		throw error;
	},
});

let store = await openBench('trees');
await fill(5000, ({ drafts }, index) => {
	drafts.create({
		draftName: `Draft ${index} ${textOf(20)}`,
		draftContent: textOf(500),
		metadata: filing(index),
		now: new Date(Date.parse(now) + index * 1000).toISOString(),
	});
});
await fill(2000, ({ prompts }, index) => {
	const content = textOf(500);
	prompts.create({
		name: `p_${index}`,
		title: `Prompt ${index}`,
		content,
		description: null,
		metadata: filing(index),
		now,
	});
});
const drafts = new DraftsTree(services(store), createView);
const library = new LibraryTree(services(store), createView);
for (const grouping of ['none', 'folder', 'tag'] satisfies Grouping[]) {
	await drafts.setGrouping(grouping);
	await library.setGrouping(grouping);
	const times: number[] = [];
	for (let round = 0; round < 7; round++) {
		drafts.refresh();
		library.refresh();
		const before = performance.now();
		const [a, b] = [await paint(drafts), await paint(library)];
		times.push(performance.now() - before);
		if (a < 5000 || b < 2000) {
			throw new Error(`Only ${a} and ${b} rows`);
		}
	}
	verdict(`all rows of 5,000 drafts and 2,000 prompts, read and made, grouped by ${grouping},`, times, treeBudget);
}

await drafts.setGrouping('folder');
await paint(drafts);
store.onDidChange((change) => drafts.follow(change));
const newest = (await store.read((all) => all.drafts.list()))[0]?.id ?? 0;
const times: number[] = [];
let rows = 0;
for (let save = 0; save < 7; save++) {
	const refreshed = new Promise<number>((resolve) => {
		const listener = drafts.onDidChangeTreeData((changed) => {
			listener.dispose();
			resolve(changed?.length ?? Infinity);
		});
	});
	const later = new Date(Date.parse(now) + (10_000 + save) * 1000).toISOString();
	const before = performance.now();
	await store.write((all) => all.drafts.update(newest, { draftContent: textOf(600 + save) }, later));
	rows = Math.max(rows, await refreshed);
	times.push(performance.now() - before);
}
verdict('a save of one of them, stored and shown,', times, 50);
console.log(`${rows === 1 ? 'met   ' : 'MISSED'} it refreshes one row: ${rows}`);
process.exitCode = rows === 1 ? process.exitCode : 1;
drafts.dispose();
library.dispose();
await store.close();

store = await openBench('find');
await fill(5000, ({ prompts }, index) => {
	const content = index % 500 === 0 ? `${textOf(2900)} zebrafish` : textOf(3000);
	prompts.create({
		name: `p_${index}`,
		title: `Prompt ${index}`,
		content,
		description: null,
		metadata: filing(index),
		now,
	});
});
const opening: number[] = [];
const keys: number[] = [];
for (const query of ['zebrafish', 'refund policy', 'prompt 4999', 'team 3 invoice', 'no such words']) {
	let before = performance.now();
	const finder = await RecordFinder.open(store);
	opening.push(performance.now() - before);
	for (let length = 1; length <= query.length; length++) {
		before = performance.now();
		await finder.find(query.slice(0, length), 100);
		keys.push(performance.now() - before);
	}
}
verdict('Find Draft or Prompt over 5,000 prompts, opened,', opening, treeBudget);
verdict('each key typed there, texts included,', keys, keyBudget);
const over = keys.filter((time) => time > keyBudget).length;
console.log(`${over} of ${keys.length} keys took longer`);
await store.close();
await rm(folder, { recursive: true, force: true });
