import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { isAppError, toAppError } from '../../../common/errors.ts';
import { KeyedQueue } from '../../../common/keyedQueue.ts';
import { Emitter, type Disposable } from '../../../common/lifecycle.ts';
import type { SuiteProblem } from '../../../common/suiteModel.ts';
import { visibleText, withoutIcons } from '../../../common/visibleText.ts';
import type { SuiteReading } from '../../../suites/suite.ts';
import { caseEntries, makeHashes, type CaseEntry } from './caseEntry.ts';
import { entryChanges } from './entryChanges.ts';
import { unreadSuite, type SuiteTests } from './suiteTests.ts';
import type { ListedTests, TestGroup, TestingServices } from './testingServices.ts';

/** The longest task in milliseconds while items are made: 20,000 at once would stop the extension host for half a second. */
const slice = 10;

/** So many new items are sent and drawn at once; of more, the first screen is shown while the rest is made. */
const longList = 2_000;
const firstScreen = 200;
/** In milliseconds. VS Code sends new items to its window 200 ms after the first one was made. */
const sendPause = 250;

type Services = Pick<TestingServices, 'controller' | 'objects' | 'list' | 'source' | 'read' | 'onFailed'>;

export interface ReadSuite {
	suite: SuiteTests;
	/** Ids of cases that ask or grade something new. */
	affected: readonly string[];
}

/**
 * The items of the Test Explorer: places, suites and cases. Suites are listed when VS Code asks for them, and read when one is
 * opened or run. After that only what changed is changed.
 */
export class TestTree implements Disposable {
	readonly #services: Services;
	readonly #suites = new Map<string, SuiteTests>();
	/** One reading at a time for each suite, so that two do not make the same items. */
	readonly #queue = new KeyedQueue<string>();
	readonly #read = new Emitter<ReadSuite>((error) => this.#services.onFailed(error));
	#listing: Promise<void> | undefined;

	constructor(services: Services) {
		this.#services = services;
	}

	/** A suite was read, for the first time or after a change. */
	get onDidRead() {
		return this.#read.event;
	}

	get suites(): Iterable<SuiteTests> {
		return this.#suites.values();
	}

	/** The places. */
	get roots(): vscode.TestItem[] {
		return [...this.#services.controller.items].map(([, item]) => item);
	}

	suite(uri: string): SuiteTests | undefined {
		return this.#suites.get(uri);
	}

	/** The suite that an item stands for or belongs to. */
	suiteOf(item: vscode.TestItem): SuiteTests | undefined {
		return this.#suites.get(item.id) ?? (item.parent && this.#suites.get(item.parent.id));
	}

	/** Lists the suites, with their places; those that are known already stay as they are, unless their documents moved. */
	async list(): Promise<void> {
		const moved = await this.#queue.run('', async () => this.#update(await this.#services.list()));
		for (const { uri } of moved) {
			await this.#queue.run(uri, () => this.#renew(uri));
		}
	}

	/** Like `list`, but only once. */
	listed(): Promise<void> {
		this.#listing ??= this.list().catch((error: unknown) => {
			this.#listing = undefined;
			throw error;
		});
		return this.#listing;
	}

	/** The cases of a suite; `again` reads it also if it was read before. Undefined if the suite is gone. */
	async load(uri: string, again = false): Promise<SuiteTests | undefined> {
		await this.listed();
		return this.#queue.run(uri, async () => {
			const suite = this.#suites.get(uri);
			if (suite && (again || !suite.cases)) {
				// The sign for it would flicker at each save.
				suite.item.busy = !suite.cases;
				try {
					await this.#load(suite);
				} finally {
					suite.item.busy = false;
				}
			}
			return this.#suites.get(uri);
		});
	}

	dispose(): void {
		this.#read.dispose();
		this.#suites.clear();
	}

	/** Gives the suites whose documents have another name. */
	#update(listed: readonly ListedTests[]): ListedTests[] {
		const { controller } = this.#services;
		const groups = new Map<string, TestGroup>();
		const now = new Map<string, ListedTests>();
		for (const one of listed) {
			groups.set(one.group.id, one.group);
			now.set(one.uri, one);
		}
		for (const { uri, item } of [...this.#suites.values()]) {
			if (now.get(uri)?.group.id !== item.parent?.id) {
				item.parent?.children.delete(item.id);
				this.#suites.delete(uri);
			}
		}
		for (const [id] of [...controller.items]) {
			if (!groups.has(id)) {
				controller.items.delete(id);
			}
		}
		for (const [index, group] of [...groups.values()].entries()) {
			const known = controller.items.get(group.id);
			const item = known ?? controller.createTestItem(group.id, shown(group.label), group.uri);
			set(item, 'label', shown(group.label));
			set(item, 'sortText', String(index).padStart(3, '0'));
			if (!known) {
				controller.items.add(item);
			}
		}
		const moved: ListedTests[] = [];
		for (const one of now.values()) {
			const { uri, document, name, group } = one;
			const known = this.#suites.get(uri);
			if (known) {
				set(known.item, 'label', shown(name));
				if (known.document !== document) {
					known.document = document;
					moved.push(one);
				}
				continue;
			}
			const item = this.#itemOf(uri, document, shown(name));
			controller.items.get(group.id)?.children.add(item);
			this.#suites.set(uri, unreadSuite(uri, document, item));
		}
		return moved;
	}

	#itemOf(uri: string, document: string, label: string): vscode.TestItem {
		const { controller, objects } = this.#services;
		const item = controller.createTestItem(uri, label, objects.Uri.parse(document));
		item.range = new objects.Range(0, 0, 0, 0);
		item.canResolveChildren = true;
		return item;
	}

	/** The URI of an item cannot be changed, so a suite whose document moved gets new ones. VS Code keeps results by their ids. */
	async #renew(uri: string): Promise<void> {
		const suite = this.#suites.get(uri);
		if (!suite || suite.item.uri?.toString() === suite.document) {
			return;
		}
		const { item: old } = suite;
		suite.item = this.#itemOf(uri, suite.document, old.label);
		keepState(suite.item, old);
		old.parent?.children.add(suite.item);
		await inSlices([...(suite.cases?.values() ?? [])], (entry) => {
			keepState(this.#add(suite, entry), old.children.get(entry.id));
		});
	}

	async #load(suite: SuiteTests): Promise<void> {
		const { uri, item } = suite;
		let reading: SuiteReading;
		try {
			const source = await this.#services.source(uri);
			reading = await this.#services.read(source);
			const { prompts = [], models = [] } = reading.suite ?? {};
			suite.prompts = prompts.length === 0 && source.prompt !== undefined ? [source.prompt] : prompts;
			suite.models = models;
		} catch (thrown) {
			if (isAppError(thrown, 'not-found')) {
				item.parent?.children.delete(item.id);
				this.#suites.delete(uri);
				return;
			}
			item.error = visibleText(toAppError(thrown).message);
			return;
		}
		const entries = reading.suite ? caseEntries(reading.suite) : [];
		const promptFiles = suite.prompts.flatMap((prompt) => (prompt.startsWith('file:') ? [prompt.slice(5)] : []));
		suite.files = [...new Set([...promptFiles, ...entries.flatMap(({ file }) => file ?? [])])];
		const isKnown = suite.cases !== undefined;
		if (isKnown) {
			await makeHashes(entries);
		}
		const affected = await this.#change(suite, entries);
		const problem = problemText(reading.problems);
		if (item.error !== problem) {
			item.error = problem;
		}
		if (!isKnown) {
			// They are compared with those of results, and with those after the next edit.
			await makeHashes(entries);
		}
		this.#read.fire({ suite, affected });
	}

	/** Changes the items of a suite's cases, a few at a time. Gives the ids of those that ask something new. */
	async #change(suite: SuiteTests, entries: readonly CaseEntry[]): Promise<string[]> {
		const { added, removed, moved, affected } = entryChanges(suite.cases ?? new Map(), entries);
		const { children } = suite.item;
		suite.cases = new Map(entries.map((entry) => [entry.id, entry]));
		for (const id of removed) {
			children.delete(id);
			suite.outcomes.delete(id);
		}
		await inSlices(moved, (entry) => this.#move(suite, entry));
		await inSlices(added, (entry) => void this.#add(suite, entry));
		return affected;
	}

	#add(suite: SuiteTests, entry: CaseEntry): vscode.TestItem {
		const item = this.#services.controller.createTestItem(entry.id, entry.label, this.#place(suite, entry));
		item.range = this.#rangeOf(suite, entry);
		suite.item.children.add(item);
		return item;
	}

	/** The place of an item cannot be changed, so one in another file is a new one. */
	#move(suite: SuiteTests, entry: CaseEntry): void {
		const item = suite.item.children.get(entry.id);
		if (item?.uri?.toString() !== this.#place(suite, entry).toString()) {
			this.#add(suite, entry);
			return;
		}
		set(item, 'label', entry.label);
		item.range = this.#rangeOf(suite, entry);
	}

	#place({ document }: SuiteTests, { file }: CaseEntry): vscode.Uri {
		const { Uri } = this.#services.objects;
		const suite = Uri.parse(document);
		return file === undefined || suite.scheme !== 'file' ? suite : Uri.joinPath(suite, '..', file);
	}

	/** A suite of the store has no folder that its case files could be found in. */
	#rangeOf({ uri }: SuiteTests, { file, line }: CaseEntry): vscode.Range | undefined {
		return file !== undefined && !uri.startsWith('file:')
			? undefined
			: new this.#services.objects.Range(line - 1, 0, line - 1, 0);
	}
}

function keepState(item: vscode.TestItem, old: vscode.TestItem | undefined): void {
	if (old) {
		Object.assign(item, { error: old.error, description: old.description, tags: old.tags });
	}
}

async function inSlices(entries: readonly CaseEntry[], work: (entry: CaseEntry) => void): Promise<void> {
	let begin = performance.now();
	for (const [index, entry] of entries.entries()) {
		if (index === firstScreen && entries.length > longList) {
			await sleep(sendPause);
		}
		work(entry);
		if (performance.now() - begin > slice) {
			await setImmediate();
			begin = performance.now();
		}
	}
}

/** Each assignment is sent to VS Code, also of the same value. */
function set<Key extends 'label' | 'sortText'>(item: vscode.TestItem, key: Key, value: string): void {
	if (item[key] !== value) {
		item[key] = value;
	}
}

function shown(text: string): string {
	return withoutIcons(visibleText(text));
}

/** The first thing that keeps a suite from being run. */
function problemText(problems: readonly SuiteProblem[]): string | undefined {
	const problem = problems.find(({ severity }) => severity !== 'warning');
	if (!problem) {
		return undefined;
	}
	const { file, line, message } = problem;
	return visibleText(file === undefined ? `${line}: ${message}` : `${file}:${line}: ${message}`);
}
