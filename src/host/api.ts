import type { DraftDetails, PromptWorkshopApi, TopicImportReport } from '../common/api.ts';
import { checkTopicName } from '../common/topicName.ts';
import { turnText } from '../common/foldParts.ts';
import type { Draft } from '../common/model.ts';
import type { StreamPart } from '../common/streamParts.ts';
import type { LiveRun } from '../workshop/liveRuns.ts';
import { freeUri, toFileUri, trustedUri } from './kit/places.ts';
import type { Services } from './services.ts';

/** The public API of product.md over the services. */
export function createApi(services: Services): PromptWorkshopApi {
	const { workshop, openStore, topics, lab } = services;
	return {
		version: 1,
		async startWorkshop(options = {}) {
			const { draft, chatId, run } = await workshop.start(options);
			await run.finished;
			const { turn } = run;
			return {
				draftId: draft.id,
				chatId,
				draftName: draft.draftName,
				status: draft.status,
				initialMessage: turn.error ? '' : turnText(turn),
				createdAt: draft.createdAt,
				...(turn.error && { error: { code: turn.error.code, message: turn.error.message } }),
			};
		},
		sendMessage: (draftId, text, options) => partsOf(() => workshop.send(draftId, text, options)),
		async extractDraft(draftId, options) {
			const draft = await workshop.extract(draftId, options);
			return { draftId, content: draft.draftContent };
		},
		async listDrafts(filter) {
			const store = await openStore();
			const drafts = await store.read((repositories) => repositories.drafts.list(filter));
			return { drafts, total: drafts.length };
		},
		async getDraft(draftId) {
			const store = await openStore();
			return details(await store.read(({ drafts }) => drafts.get(draftId)));
		},
		updateDraft: async (draftId, patch) => details(await workshop.update(draftId, patch)),
		async deleteDraft(draftId) {
			await workshop.remove(draftId);
		},
		testDraft: (draftId, options) => partsOf(() => workshop.test(draftId, options)),
		async listTestResults(draftId) {
			const store = await openStore();
			const testResults = await store.read(({ drafts, results }) => {
				drafts.get(draftId);
				return results.list(draftId);
			});
			return { draftId, testResults, totalTests: testResults.length };
		},
		rateTest: (draftId, testId, patch) => workshop.rate(draftId, testId, patch),
		async commitDraft(draftId, options) {
			const { id, name } = await workshop.commit(draftId, options);
			return { promptId: id, name };
		},
		async listPrompts() {
			const store = await openStore();
			const prompts = await store.read((repositories) => repositories.prompts.list());
			return prompts.map(({ id, name, title, description, isDefault }) => ({
				id,
				name,
				title,
				description,
				isDefault,
			}));
		},
		async clonePrompt(name, given) {
			const options = typeof given === 'string' ? { cloneName: given } : given;
			const { draft, chatId, run } = await workshop.clone(name, options);
			await run.finished;
			return { draftId: draft.id, chatId, parentPrompt: name };
		},
		async listTopics() {
			const list = await topics.list();
			return list.map(({ name, articles }) => ({ name, articles }));
		},
		async importTopic(name, place, options = {}): Promise<TopicImportReport> {
			const uri = await trustedUri(toFileUri(place));
			checkTopicName(name);
			return topics.import(name, uri.fsPath, options);
		},
		listFixtures: () => lab.listFixtures(),
		loadFixture: (nameOrId) => lab.loadFixture(nameOrId),
		regenerate: (options) => lab.regenerate(options),
		continueConversation: (options) => lab.continueConversation(options),
		async exportDatabase(place, { overwrite = false } = {}) {
			const uri = await (overwrite ? trustedUri : freeUri)(toFileUri(place));
			const store = await openStore();
			await store.exportDatabase(uri.fsPath);
		},
	};
}

/** Starts on the first pull; bad arguments reject before the first part. Leaving the loop stops the run. */
async function* partsOf(start: () => Promise<LiveRun>): AsyncGenerator<StreamPart> {
	const run = await start();
	yield* run.parts();
}

function details(draft: Draft): DraftDetails {
	const { metadata: _metadata, ...rest } = draft;
	return rest;
}
