import type * as vscode from 'vscode';
import type { TestObjects } from '../../../src/host/suites/testing/testingServices.ts';

/** VS Code's tests without VS Code: items, and runs that write down what they are told. */

export class FakeItems {
	readonly map = new Map<string, FakeItem>();
	readonly owner: FakeItem | undefined;
	added = 0;
	deleted = 0;
	replaced = 0;

	constructor(owner?: FakeItem) {
		this.owner = owner;
	}

	get size(): number {
		return this.map.size;
	}

	add(item: FakeItem): void {
		this.added++;
		item.parent = this.owner;
		this.map.set(item.id, item);
	}

	delete(id: string): void {
		this.deleted++;
		this.map.delete(id);
	}

	replace(items: readonly FakeItem[]): void {
		this.replaced++;
		this.map.clear();
		items.forEach((item) => this.map.set(item.id, item));
	}

	get(id: string): FakeItem | undefined {
		return this.map.get(id);
	}

	forEach(work: (item: FakeItem) => void): void {
		this.map.forEach((item) => work(item));
	}

	[Symbol.iterator](): Iterator<[string, FakeItem]> {
		return this.map[Symbol.iterator]();
	}
}

export class FakeItem {
	readonly id: string;
	readonly uri: FakeUri | undefined;
	readonly children = new FakeItems(this);
	parent: FakeItem | undefined;
	tags: { id: string }[] = [];
	description: string | undefined;
	range: { start: number } | undefined;
	error: string | undefined;
	sortText: string | undefined;
	busy = false;
	canResolveChildren = false;
	/** How often the label was set after the item was made. */
	renamed = 0;
	#label: string;

	constructor(id: string, label: string, uri?: FakeUri) {
		this.id = id;
		this.#label = label;
		this.uri = uri;
	}

	get label(): string {
		return this.#label;
	}

	set label(label: string) {
		this.renamed++;
		this.#label = label;
	}
}

interface FakeMessage {
	message: string;
	expectedOutput?: string;
	actualOutput?: string;
	location?: { uri: FakeUri; range: { start: number } };
}

export class FakeRun {
	readonly request: { include?: FakeItem[] };
	readonly persist: boolean;
	/** Lines such as `passed a`. */
	readonly log: string[] = [];
	readonly messages = new Map<string, FakeMessage[]>();
	readonly outputs: { text: string; item: string | undefined }[] = [];
	readonly token: FakeToken;
	ended = 0;

	constructor(request: { include?: FakeItem[] }, persist: boolean) {
		this.request = request;
		this.persist = persist;
		this.token = new FakeToken();
	}

	enqueued = (item: FakeItem) => this.#note('enqueued', item);
	started = (item: FakeItem) => this.#note('started', item);
	skipped = (item: FakeItem) => this.#note('skipped', item);
	passed = (item: FakeItem) => this.#note('passed', item);
	failed = (item: FakeItem, messages: FakeMessage[]) => this.#note('failed', item, messages);
	errored = (item: FakeItem, messages: FakeMessage | FakeMessage[]) => this.#note('errored', item, [messages].flat());

	readonly coverage: vscode.FileCoverage[] = [];
	addCoverage = (coverage: vscode.FileCoverage) => void this.coverage.push(coverage);

	appendOutput(text: string, _location?: unknown, item?: FakeItem): void {
		this.outputs.push({ text, item: item?.id });
	}

	end(): void {
		this.ended++;
	}

	/** What came of each item in the end. */
	get verdicts(): Record<string, string> {
		return Object.fromEntries(this.log.map((line) => line.split(' ').reverse() as [string, string]));
	}

	get output(): string {
		return this.outputs.map(({ text }) => text).join('');
	}

	#note(what: string, item: FakeItem, messages?: FakeMessage[]): void {
		if (this.ended > 0) {
			throw new Error(`${what} after the end`);
		}
		this.log.push(`${what} ${item.id}`);
		if (messages) {
			this.messages.set(item.id, messages);
		}
	}
}

export class FakeToken {
	isCancellationRequested = false;
	readonly #listeners: (() => void)[] = [];

	onCancellationRequested = (listener: () => void) => {
		this.#listeners.push(listener);
		return { dispose: () => undefined };
	};

	cancel(): void {
		this.isCancellationRequested = true;
		this.#listeners.forEach((listener) => listener());
	}

	get asToken(): vscode.CancellationToken {
		return this as unknown as vscode.CancellationToken;
	}
}

export class FakeController {
	readonly id = 'promptWorkshop.suites';
	readonly items = new FakeItems();
	readonly runs: FakeRun[] = [];
	/** Ids of tests whose results were marked as outdated, call by call. */
	readonly invalidated: string[][] = [];

	createTestItem(id: string, label: string, uri?: FakeUri): FakeItem {
		return new FakeItem(id, label, uri);
	}

	createTestRun(request: { include?: FakeItem[] }, _name?: string, persist = true): FakeRun {
		const run = new FakeRun(request, persist);
		this.runs.push(run);
		return run;
	}

	invalidateTestResults(items: FakeItem[]): void {
		this.invalidated.push(items.map(({ id }) => id));
	}

	get asController(): vscode.TestController {
		return this as unknown as vscode.TestController;
	}
}

class FakeUri {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}

	static parse(text: string): FakeUri {
		return new FakeUri(text);
	}

	static joinPath(base: FakeUri, ...parts: string[]): FakeUri {
		return new FakeUri(new URL(parts.slice(1).join('/'), base.text).href);
	}

	get scheme(): string {
		return this.text.slice(0, this.text.indexOf(':'));
	}

	toString(): string {
		return this.text;
	}
}

class FakeRange {
	readonly start: number;

	constructor(start: number) {
		this.start = start;
	}
}

class FakeLocation {
	readonly uri: FakeUri;
	readonly range: { start: number };

	constructor(uri: FakeUri, range: { start: number }) {
		this.uri = uri;
		this.range = range;
	}
}

class FakeTestMessage {
	readonly message: string;

	constructor(message: string) {
		this.message = message;
	}
}

class FakeTag {
	readonly id: string;

	constructor(id: string) {
		this.id = id;
	}
}

class FakeRequest {
	readonly include: unknown;
	readonly exclude: unknown;
	readonly profile: unknown;
	readonly continuous: boolean;

	constructor(include?: unknown, exclude?: unknown, profile?: unknown, continuous = false) {
		this.include = include;
		this.exclude = exclude;
		this.profile = profile;
		this.continuous = continuous;
	}
}

class FakeCount {
	readonly covered: number;
	readonly total: number;

	constructor(covered: number, total: number) {
		this.covered = covered;
		this.total = total;
	}
}

class FakeFileCoverage {
	readonly uri: FakeUri;
	readonly statementCoverage: FakeCount;
	readonly includesTests: FakeItem[];

	constructor(uri: FakeUri, statements: FakeCount, _branches: unknown, _declarations: unknown, items: FakeItem[]) {
		this.uri = uri;
		this.statementCoverage = statements;
		this.includesTests = items;
	}
}

class FakeStatementCoverage {
	readonly executed: number;
	readonly location: FakeRange;

	constructor(executed: number, location: FakeRange) {
		this.executed = executed;
		this.location = location;
	}
}

export const fakeObjects = {
	Uri: FakeUri,
	Range: FakeRange,
	Location: FakeLocation,
	TestMessage: FakeTestMessage,
	TestTag: FakeTag,
	TestRunRequest: FakeRequest,
	FileCoverage: FakeFileCoverage,
	StatementCoverage: FakeStatementCoverage,
	TestCoverageCount: FakeCount,
} as unknown as TestObjects;
