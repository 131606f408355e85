import type {
	CloneOptions,
	CommitOptions,
	DraftPatch,
	FilingPatch,
	RatingPatch,
	RecordOwner,
	RunOptions,
	StartOptions,
	TestOptions,
} from '../common/api.ts';
import type { Draft, Prompt, PromptVersion, StoredResponse, TestResult } from '../common/model.ts';
import type { WorkshopContext } from './context.ts';
import type { ExtractableBlocks } from './extractDraft.ts';
import type { FilingChange } from './fileRecords.ts';
import type { NewDraft } from './importDrafts.ts';
import type { NewPrompt } from './library.ts';
import type { LiveRun, LiveRuns } from './liveRuns.ts';
import type { NextStep } from './nextSteps.ts';
import type { StoredRequests } from './results.ts';
import type { StartFromTemplate } from './startWorkshop.ts';
import type { PromptTool, PromptVariable } from '../prompts/promptMetadata.ts';

/** All use cases that write. Each member validates its arguments first and changes nothing if it rejects. */
export interface Workshop {
	readonly runs: LiveRuns;
	/** Creates a draft and its chat and starts the assistant's first answer (`run.finished` resolves at its end). */
	start(options: StartOptions & StartFromTemplate): Promise<{ draft: Draft; chatId: number; run: LiveRun }>;
	send(draftId: number, text: string, options?: RunOptions): Promise<LiveRun>;
	/** Replaces a user message and removes everything after it. */
	resend(draftId: number, messageId: number, text: string, options?: RunOptions): Promise<LiveRun>;
	/** Asks again for the last answer, which failed, was stopped or was interrupted. */
	retry(draftId: number, options?: RunOptions): Promise<LiveRun>;
	/** The fenced blocks of the last answer. Rejects if there are none, and while an answer is streaming. */
	extractable(draftId: number): Promise<ExtractableBlocks>;
	/** What the user may say next, offered under the last answer. */
	nextSteps(draftId: number): Promise<NextStep[]>;
	/** `block` is an index into `extractable().blocks`; the default is `proposed`. */
	extract(draftId: number, options?: { block?: number | undefined }): Promise<Draft>;
	/** Makes a block of any answer the draft's text. */
	takeBlock(draftId: number, content: string): Promise<Draft>;
	update(draftId: number, patch: DraftPatch): Promise<Draft>;
	/** Saves the document's text, and a version if `explicit`. */
	saveText(draftId: number, content: string, options: { explicit: boolean }): Promise<Draft>;
	/** Declares names as texts, besides the variables that are declared already. */
	declareVariables(draftId: number, names: readonly string[]): Promise<Draft>;
	/** Declares the variables of a draft's text: these, or what a function makes of the current ones. */
	setVariables(
		draftId: number,
		variables: readonly PromptVariable[] | ((current: PromptVariable[]) => readonly PromptVariable[]),
	): Promise<Draft>;
	/** Replaces the tools that the draft's tests offer, and creates a version if `explicit`. */
	setTools(draftId: number, tools: readonly PromptTool[], options: { explicit: boolean }): Promise<Draft>;
	/** Renames a declared variable and its value in the test form; the text is the caller's. */
	renameVariable(draftId: number, from: string, to: string): Promise<Draft>;
	/** Changes tags, folder and favourite of a draft or prompt, which is no edit of its text. */
	setTags(owner: RecordOwner, filing: FilingPatch): Promise<Draft | Prompt>;
	/** Like `setTags`, for many in one transaction. Resolves to the changes that undo it. */
	file(changes: readonly FilingChange[]): Promise<FilingChange[]>;
	/** Moves what is in a folder, and below it, to another. Resolves to the changes that undo it. */
	moveFolder(move: { of: 'drafts' | 'prompts'; from: string; to: string }): Promise<FilingChange[]>;
	/** Stores prompts of other tools as drafts with their suites, all or none. Resolves to their ids, in the same order. */
	importDrafts(drafts: readonly NewDraft[]): Promise<number[]>;
	/** Links a draft to the file of a workspace whose prompt is `text`, or notes that both agree in this text. */
	linkFile(draftId: number, file: { uri: string; text: string }): Promise<Draft>;
	/** File and draft were found to agree in a text. Nothing happens if the link has ended. */
	agreeWithFile(draftId: number, text: string): Promise<void>;
	unlinkFile(draftId: number): Promise<void>;
	/** The file that a draft is linked to has another address. */
	moveLink(draftId: number, uri: string): Promise<void>;
	remove(draftId: number): Promise<number>;
	/** Like `remove`, for many in one transaction; a draft that is gone is passed over. */
	removeAll(draftIds: readonly number[]): Promise<void>;
	undoDelete(trashId: number): Promise<void>;
	test(draftId: number, options: TestOptions): Promise<LiveRun>;
	rate(draftId: number, testId: string, patch: RatingPatch): Promise<TestResult>;
	removeResult(testId: string): Promise<number>;
	/** The models of a draft's chat and of its next test; undefined where the user will be asked. */
	modelsOf(draftId: number): Promise<{ chat: string | undefined; test: string | undefined }>;
	/** How many tokens fit into the context of a model; undefined if that is not known in this window. */
	contextTokens(model: string): number | undefined;
	/** Makes a model that of the draft's tests. */
	useTestModel(draftId: number, model: string): Promise<void>;
	/** The full answer, or undefined if it is not stored. */
	response(testId: string): Promise<StoredResponse | undefined>;
	/** The system prompt of a test as it was sent. Rejects with `not-found` if it is no longer kept. */
	testedPrompt(testId: string): Promise<string>;
	/** The exact requests of a test result or a message, one per round, keys masked. */
	requests(of: { testId: string } | { messageId: number }): Promise<StoredRequests | undefined>;
	commit(draftId: number, options: CommitOptions): Promise<Prompt>;
	clone(name: string, options?: CloneOptions): Promise<{ draft: Draft; chatId: number; run: LiveRun }>;
	addPrompt(prompt: NewPrompt): Promise<Prompt>;
	updatePrompt(name: string, patch: { title?: string; description?: string | null }): Promise<Prompt>;
	setDefaultPrompt(name: string): Promise<void>;
	removePrompt(name: string): Promise<number>;
	/** Runs once after the store was opened: marks what was interrupted and removes what has expired. */
	tidy(): Promise<void>;
	/** Makes the text of a version the current text, as one undoable edit. */
	restore(versionId: number): Promise<PromptVersion>;
	/** Labels a version; null removes its label. */
	labelVersion(versionId: number, label: string | null): Promise<PromptVersion>;
}

/** Each use case is loaded on first use. */
export function createWorkshop(context: WorkshopContext): Workshop {
	return {
		runs: context.runs,
		start: async (options) => (await import('./startWorkshop.ts')).startWorkshop(context, options),
		send: async (draftId, text, options) =>
			(await import('./chat.ts')).sendMessage(context, draftId, text, options),
		resend: async (draftId, messageId, text, options) =>
			(await import('./chat.ts')).editAndResend(context, draftId, messageId, text, options),
		retry: async (draftId, options) => (await import('./chat.ts')).retryAnswer(context, draftId, options),
		extractable: async (draftId) => (await import('./extractDraft.ts')).blocksToExtract(context, draftId),
		nextSteps: async (draftId) => (await import('./nextSteps.ts')).nextSteps(context, draftId),
		extract: async (draftId, options) =>
			(await import('./extractDraft.ts')).extractDraft(context, draftId, options),
		takeBlock: async (draftId, content) => (await import('./extractDraft.ts')).takeBlock(context, draftId, content),
		update: async (draftId, patch) => (await import('./drafts.ts')).updateDraft(context, draftId, patch),
		saveText: async (draftId, content, options) =>
			(await import('./drafts.ts')).saveDraftText(context, draftId, content, options),
		declareVariables: async (draftId, names) =>
			(await import('./variables.ts')).declareVariables(context, draftId, names),
		setVariables: async (draftId, variables) =>
			(await import('./variables.ts')).setVariables(context, draftId, variables),
		setTools: async (draftId, tools, options) =>
			(await import('./setTools.ts')).setTools(context, draftId, tools, options),
		renameVariable: async (draftId, from, to) =>
			(await import('./variables.ts')).renameVariable(context, draftId, from, to),
		setTags: async (owner, filing) => (await import('./fileRecords.ts')).setTags(context, owner, filing),
		file: async (changes) => (await import('./fileRecords.ts')).fileRecords(context, changes),
		moveFolder: async (move) => (await import('./fileRecords.ts')).moveFolder(context, move),
		importDrafts: async (drafts) => (await import('./importDrafts.ts')).importDrafts(context, drafts),
		linkFile: async (draftId, file) => (await import('./linkDraft.ts')).linkDraft(context, draftId, file),
		moveLink: async (draftId, uri) => (await import('./linkDraft.ts')).moveLink(context, draftId, uri),
		agreeWithFile: async (draftId, text) => (await import('./linkDraft.ts')).agreeWithFile(context, draftId, text),
		unlinkFile: async (draftId) => (await import('./linkDraft.ts')).unlinkDraft(context, draftId),
		remove: async (draftId) => (await import('./drafts.ts')).deleteDraft(context, draftId),
		removeAll: async (draftIds) => (await import('./drafts.ts')).deleteDrafts(context, draftIds),
		undoDelete: async (trashId) => (await import('./drafts.ts')).undoDelete(context, trashId),
		test: async (draftId, options) => (await import('./runTest.ts')).runTest(context, draftId, options),
		rate: async (draftId, testId, patch) =>
			(await import('./results.ts')).rateTest(context, draftId, testId, patch),
		contextTokens: (model) => context.models().contextTokens(model),
		modelsOf: async (draftId) => {
			const { chatModelOf, testModelOf } = await import('./modelOf.ts');
			const store = await context.store();
			const draft = await store.read(({ drafts }) => drafts.get(draftId));
			const { storeId } = store.status;
			return { chat: chatModelOf(context, storeId, draft), test: testModelOf(context, storeId, draft) };
		},
		useTestModel: async (draftId, model) =>
			context.testModels.keep((await context.store()).status.storeId, draftId, model),
		removeResult: async (testId) => (await import('./results.ts')).deleteResult(context, testId),
		response: async (testId) => (await import('./results.ts')).storedResponse(context, testId),
		testedPrompt: async (testId) => (await import('./testedPrompt.ts')).testedPrompt(context, testId),
		requests: async (of) => (await import('./results.ts')).storedRequest(context, of),
		commit: async (draftId, options) => (await import('./commitDraft.ts')).commitDraft(context, draftId, options),
		clone: async (name, options) => (await import('./library.ts')).clonePrompt(context, name, options),
		addPrompt: async (prompt) => (await import('./library.ts')).addPromptToLibrary(context, prompt),
		updatePrompt: async (name, patch) => (await import('./library.ts')).updatePrompt(context, name, patch),
		setDefaultPrompt: async (name) => {
			const store = await context.store();
			await store.write(({ prompts }) => prompts.setDefault(name, context.now().toISOString()));
		},
		removePrompt: async (name) => (await import('./library.ts')).deletePrompt(context, name),
		tidy: async () => (await import('./tidyStore.ts')).tidyStore(context),
		restore: async (versionId) => (await import('./versions.ts')).restoreVersion(context, versionId),
		labelVersion: async (versionId, label) =>
			(await import('./versions.ts')).labelVersion(context, versionId, label),
	};
}
