import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyedQueue } from '../../../src/common/keyedQueue.ts';
import { Emitter } from '../../../src/common/lifecycle.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { openStore } from '../../../src/storage/openStore.ts';
import type { TopicIndex } from '../../../src/topics/contract.ts';
import type { ModelMemory, DraftDocuments, WorkshopContext } from '../../../src/workshop/context.ts';
import { defaultPrompt } from '../../../src/workshop/defaultPrompt.ts';
import { LiveRuns } from '../../../src/workshop/liveRuns.ts';
import { createWorkshop } from '../../../src/workshop/workshop.ts';
import { loadSqlJs } from '../storage/sql.ts';
import { ScriptedModels } from './scriptedModels.ts';

/**
 * A workshop over a real store and models that a test scripts; no editor. The store is in a temporary folder unless one is
 * given, which stays.
 */
export async function testWorkshop(overrides: Partial<WorkshopContext> = {}, given?: string) {
	const folder = given ?? (await mkdtemp(join(tmpdir(), 'workshop-')));
	const store = await openStore({
		folder,
		initSqlJs: loadSqlJs,
		files: nodeFiles,
		now: () => new Date(),
		seed: defaultPrompt,
	});
	const models = new ScriptedModels();
	const context: WorkshopContext = {
		store: () => Promise.resolve(store),
		models: () => models,
		topics: noTopics(),
		documents: noDocuments,
		linkedFiles: { write: () => Promise.resolve(true) },
		runs: new LiveRuns(),
		textChanges: new KeyedQueue(),
		settings: () => ({ thinking: 'low', maxTokens: 4096, keepFullResponses: 90 }),
		chooseModel: (_use, given) => Promise.resolve(given ?? 'scripted/model'),
		chosenModel: () => undefined,
		chatModels: modelMemory(),
		testModels: modelMemory(),
		now: () => new Date(),
		...overrides,
	};
	return {
		context,
		folder,
		models,
		store,
		workshop: createWorkshop(context),
		async dispose() {
			await store.close();
			await (given ?? rm(folder, { recursive: true, force: true }));
		},
	};
}

function modelMemory(): ModelMemory {
	const kept = new Map<string, string>();
	return {
		of: (storeId, id) => kept.get(`${storeId}:${id}`),
		keep: async (storeId, id, model) => void kept.set(`${storeId}:${id}`, model),
	};
}

export type TestWorkshop = Awaited<ReturnType<typeof testWorkshop>>;

/** No document is open, so texts go to the store directly. */
const noDocuments: DraftDocuments = {
	save: () => Promise.resolve(),
	replace: () => Promise.resolve(false),
};

/** An index with the topic "news", whose tool session is given by the test. */
export function noTopics(openTools?: TopicIndex['openTools']): TopicIndex {
	const refuse = () => Promise.reject(new Error('Not used by these tests'));
	return {
		onDidChange: new Emitter<never>().event,
		list: () =>
			Promise.resolve([{ name: 'news', articles: 2, oldest: null, newest: null, source: null, skipped: 0 }]),
		import: refuse,
		refresh: refuse,
		rename: refuse,
		remove: refuse,
		ask: refuse,
		articles: refuse,
		article: refuse,
		search: refuse,
		openTools:
			openTools ??
			(() =>
				Promise.resolve({ tools: [], returned: new Set<string>(), checkCitations: () => Promise.resolve([]) })),
		dispose: () => undefined,
	};
}
