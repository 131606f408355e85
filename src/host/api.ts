import type { DraftDetails, ListedDraft, ListedPrompt, PromptWorkshopApi, TopicImportReport } from '../common/api.ts';
import { checkTopicName } from '../common/topicName.ts';
import { isAppError } from '../common/errors.ts';
import type { Draft, DraftSummary, Prompt, PromptSummary } from '../common/model.ts';
import type { StreamPart } from '../common/streamParts.ts';
import { readFiling, readPromptMetadata } from '../prompts/promptMetadata.ts';
import type { LiveRun } from '../workshop/liveRuns.ts';
import { checkKind, checkModelName, checkStatus } from '../workshop/rules.ts';
import type { ApiMember } from './arguments/apiArguments.ts';
import { startedAnswer } from './drafts/startedAnswer.ts';
import type { ExchangeServices } from './exchange/exchangeServices.ts';
import type { LabServices } from './lab/labServices.ts';
import { exportWithTrials } from './store/exportWithTrials.ts';
import type { StoreServices } from './store/storeServices.ts';
import type { SuiteServices } from './suites/suiteServices.ts';
import { suiteApi } from './suites/suiteApi.ts';
import type { TopicServices } from './topics/topicServices.ts';
import { freeUri, toFileUri, trustedUri } from './kit/places.ts';

type Services = Pick<StoreServices, 'log' | 'openStore' | 'workshop'> &
	Pick<TopicServices, 'topics'> &
	Pick<LabServices, 'lab'> &
	Pick<SuiteServices, 'suiteFiles' | 'suiteRuns'> &
	ExchangeServices;

/** The public API over the services. Every argument is checked before anything happens. */
export function createApi(services: Services): PromptWorkshopApi {
	return { version: 1, ...withCheckedArguments(createMembers(services)) };
}

type Members = Omit<PromptWorkshopApi, 'version'>;

function createMembers(services: Services): Members {
	const { log, workshop, openStore, topics, lab } = services;
	return {
		async startWorkshop(options = {}) {
			return startedAnswer(await workshop.start(options));
		},
		sendMessage: (draftId, text, options) => partsOf(() => workshop.send(draftId, text, options)),
		async extractDraft(draftId, options) {
			const draft = await workshop.extract(draftId, options);
			return { draftId, content: draft.draftContent };
		},
		async listDrafts(filter) {
			if (filter?.status !== undefined) {
				checkStatus(filter.status);
			}
			const store = await openStore();
			const drafts = await store.read((repositories) => repositories.drafts.list(filter));
			return { drafts: drafts.map(listed), total: drafts.length };
		},
		async getDraft(draftId) {
			const store = await openStore();
			return detailed(await store.read(({ drafts }) => drafts.get(draftId)));
		},
		updateDraft: async (draftId, patch) => detailed(await workshop.update(draftId, patch)),
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
		async lint(text, options = {}) {
			if (options.kind !== undefined) {
				checkKind(options.kind);
			}
			checkModelName(options.model);
			const { lintPrompt } = await import('../prompts/lint/lintPrompt.ts');
			return lintPrompt(text, options);
		},
		async listPrompts() {
			const store = await openStore();
			const prompts = await store.read((repositories) => repositories.prompts.list());
			return prompts.map(listedPrompt);
		},
		async setTags(owner, filing) {
			const record = await workshop.setTags(owner, filing);
			return 'name' in record ? listedPrompt(record) : detailed(record);
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
		async importFile(place, { signal } = {}) {
			const uri = toFileUri(place);
			const { importAtOnce } = await import('./exchange/runImport.ts');
			return importAtOnce(services, uri, signal);
		},
		async linkFile(draftId, place) {
			const { linkDraftFile } = await import('./exchange/linkFile.ts');
			return linkDraftFile(services, draftId, toFileUri(place));
		},
		unlinkFile: (draftId) => workshop.unlinkFile(draftId),
		async exportPrompt(owner, format) {
			const { exportAs } = await import('./exchange/exportPrompt.ts');
			return exportAs(services, owner, format);
		},
		listFixtures: () => lab.listFixtures(),
		loadFixture: (nameOrId) => lab.loadFixture(nameOrId),
		regenerate: (options) => lab.regenerate(options),
		continueConversation: (options) => lab.continueConversation(options),
		...suiteApi(services),
		async exportDatabase(place, { overwrite = false } = {}) {
			const uri = await (overwrite ? trustedUri : freeUri)(toFileUri(place));
			const store = await openStore();
			await exportWithTrials(store, uri.fsPath, log);
		},
	};
}

/** Starts on the first pull; bad arguments reject before the first part. Leaving the loop stops the run. */
async function* partsOf(start: () => Promise<LiveRun>): AsyncGenerator<StreamPart> {
	const run = await start();
	yield* run.parts();
}

/** An abort while the user is still asked something ends the stream as an abort of the run does. */
async function* endedByAbort(
	parts: AsyncIterable<StreamPart>,
	signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart> {
	try {
		yield* parts;
	} catch (thrown) {
		if (!signal?.aborted || !isAppError(thrown, 'cancelled')) {
			throw thrown;
		}
		yield { type: 'done', stopReason: 'cancelled' };
	}
}

/** Members that answer with a stream check when it is first pulled; the others reject. */
function withCheckedArguments(members: Members): Members {
	const names = Object.keys(members) as ApiMember[];
	return Object.fromEntries(names.map((name) => [name, checkedMember(name, members)])) as unknown as Members;
}

type AnyMember = (...parameters: unknown[]) => unknown;

function checkedMember(name: ApiMember, members: Members): AnyMember {
	const member = members[name] as AnyMember;
	const check = async (parameters: readonly unknown[]) => {
		const { checkApiArguments } = await import('./arguments/checks.ts');
		return checkApiArguments(name, parameters);
	};
	if (
		name === 'sendMessage' ||
		name === 'testDraft' ||
		name === 'regenerate' ||
		name === 'continueConversation' ||
		name === 'runSuite' ||
		name === 'resumeRun'
	) {
		return async function* (...parameters) {
			const checked = await check(parameters);
			const options = checked.at(-1) as { signal?: AbortSignal } | undefined;
			yield* endedByAbort(member(...checked) as AsyncIterable<StreamPart>, options?.signal);
		};
	}
	return async (...parameters) => member(...(await check(parameters)));
}

function listed<Record extends DraftSummary>(draft: Record): Omit<Record, 'metadata'> & ListedDraft {
	const { metadata, ...rest } = draft;
	return { ...rest, ...readFiling(metadata) };
}

function detailed(draft: Draft): DraftDetails {
	return { ...listed(draft), variables: readPromptMetadata(draft.metadata).variables };
}

function listedPrompt({ id, name, title, description, isDefault, metadata }: Prompt | PromptSummary): ListedPrompt {
	return { id, name, title, description, isDefault, ...readFiling(metadata) };
}
