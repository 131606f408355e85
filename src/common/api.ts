import type { Comparison } from './comparison.ts';
import type { DraftStatus, DraftSummary, PromptKind, TestResult, ThinkingLevel } from './model.ts';
import type { ReportEntry } from './reportEntry.ts';
import type { StreamPart } from './streamParts.ts';
import type {
	ListedSuite,
	ReportFormat,
	RunDetails,
	RunSummary,
	SuiteRunEvent,
	SuiteRunOptions,
} from './suiteModel.ts';

/**
 * The public API, returned by `activate()`. Every long call takes a `signal`; streams obey the order stated at
 * `StreamPart`, and bad arguments reject before the first part. Errors are `AppError`s.
 */
export interface PromptWorkshopApi {
	readonly version: 1;
	startWorkshop(options?: StartOptions): Promise<StartedWorkshop>;
	sendMessage(draftId: number, text: string, options?: RunOptions): AsyncIterable<StreamPart>;
	/**
	 * `block`: index of a fenced block in the last assistant message. Default: the last closed block, or the last block if
	 * none is closed. Rejects with `validation` while an answer streams.
	 */
	extractDraft(draftId: number, options?: { block?: number }): Promise<{ draftId: number; content: string }>;
	listDrafts(filter?: { status?: DraftStatus }): Promise<{ drafts: ListedDraft[]; total: number }>;
	getDraft(draftId: number): Promise<DraftDetails>;
	updateDraft(draftId: number, patch: DraftPatch): Promise<DraftDetails>;
	deleteDraft(draftId: number): Promise<void>;
	testDraft(draftId: number, options: TestOptions): AsyncIterable<StreamPart>;
	listTestResults(draftId: number): Promise<{ draftId: number; testResults: TestResult[]; totalTests: number }>;
	rateTest(draftId: number, testId: string, patch: RatingPatch): Promise<TestResult>;
	/** Changes what is given; the texts and their times of change stay. */
	setTags(owner: RecordOwner, filing: FilingPatch): Promise<DraftDetails | ListedPrompt>;
	commitDraft(draftId: number, options: CommitOptions): Promise<{ promptId: number; name: string }>;
	/** Checks any text as a prompt of a kind. Settings and drafts play no part; comments in the text that switch rules off do. */
	lint(text: string, options?: LintRequest): Promise<LintFinding[]>;
	listPrompts(): Promise<ListedPrompt[]>;
	/** `options` as a string is the clone's name. */
	clonePrompt(
		name: string,
		options?: string | CloneOptions,
	): Promise<{ draftId: number; chatId: number; parentPrompt: string }>;
	listTopics(): Promise<{ name: string; articles: number }[]>;
	/** `uri`: a file URI or an absolute path of a folder or file. */
	importTopic(name: string, uri: string, options?: { signal?: AbortSignal }): Promise<TopicImportReport>;
	listFixtures(): Promise<FixtureSummary[]>;
	loadFixture(nameOrId: string): Promise<Fixture>;
	regenerate(options: LabRunOptions): AsyncIterable<StreamPart>;
	continueConversation(options: LabRunOptions): AsyncIterable<StreamPart>;
	/** Suites of drafts and prompts, and those of files of a trusted workspace, with what is wrong in them. */
	listSuites(): Promise<ListedSuite[]>;
	/** `suite`: the id from `listSuites`, a file URI or an absolute path. Never asks. Leaving the loop stops the run. */
	runSuite(suite: string, options?: SuiteRunOptions): AsyncIterable<SuiteRunEvent>;
	/**
	 * Goes on with a run that was stopped, capped or interrupted; nothing that was answered is asked again. `batch`: asks what is
	 * left in a new batch, or one by one; default: as the run was started.
	 */
	resumeRun(runId: string, options?: { batch?: boolean; signal?: AbortSignal }): AsyncIterable<SuiteRunEvent>;
	/** Newest first. `suite` is the id of one. */
	listRuns(filter?: { suite?: string }): Promise<RunSummary[]>;
	getRun(runId: string): Promise<RunDetails>;
	/** Variants by label or position; B against A. Rejects with `validation` for the built-in guide, which is not a model. */
	compareVariants(runId: string, a: string | number, b: string | number): Promise<Comparison>;
	/** Run B against run A, on the cases that both have; the others are named. */
	compareRuns(runA: string, runB: string): Promise<Comparison>;
	/** Makes a run the baseline of its prompt: later runs of the suite are compared with it. It is not pruned. */
	blessBaseline(runId: string): Promise<void>;
	/** A run as text. */
	exportRun(runId: string, format: ReportFormat): Promise<string>;
	/**
	 * Stores everything that a file of another tool, or the files of a folder, hold. `uri`: a file URI or an absolute path.
	 * Rejects with `validation` and the reason if nothing of it can be stored.
	 */
	importFile(uri: string, options?: { signal?: AbortSignal }): Promise<ImportResult>;
	/**
	 * Links a draft to a file of the workspace: a text, or the system message in any format that can be imported. A commit
	 * writes the draft's text there. `uri`: a file URI or an absolute path. A draft without a text takes that of the file.
	 */
	linkFile(draftId: number, uri: string): Promise<FileLinkResult>;
	/** The file and the draft stay as they are. */
	unlinkFile(draftId: number): Promise<void>;
	/**
	 * A draft or prompt with its suite as files of another tool, with paths relative to a folder. Writes nothing. Rejects
	 * with `validation` for a format that is not written, and for one that can hold nothing of the prompt.
	 */
	exportPrompt(owner: RecordOwner, format: string): Promise<{ files: ExportedFile[]; report: ReportEntry[] }>;
	/** Refuses to replace an existing file unless `overwrite` is true. */
	exportDatabase(uri: string, options?: { overwrite?: boolean }): Promise<void>;
}

export interface ImportResult {
	/** Id of the format; `folder` for files of several. */
	format: string;
	/** Ids. */
	drafts: number[];
	/** URIs, which are the ids of suites. */
	suites: string[];
	/** URIs of files. */
	fixtures: string[];
	/** What was kept elsewhere, changed and dropped. */
	report: ReportEntry[];
}

export interface FileLinkResult {
	draftId: number;
	/** Of the file, with its links resolved. */
	uri: string;
}

export interface ExportedFile {
	/** With `/`; it never leads out of the folder. */
	path: string;
	text: string;
}

export interface StartOptions {
	startingPrompt?: string;
	parentPromptName?: string;
	draftName?: string;
	requirements?: string;
	/** Default: that of the parent prompt, else research. */
	kind?: PromptKind;
	model?: string;
	signal?: AbortSignal;
}

export interface CloneOptions {
	/** Default: "Modified <title of the prompt>". */
	cloneName?: string;
	model?: string;
	signal?: AbortSignal;
}

export interface StartedWorkshop {
	draftId: number;
	chatId: number;
	draftName: string | null;
	status: DraftStatus;
	/** The assistant's first answer; empty when the model failed, with `error` set. */
	initialMessage: string;
	createdAt: string;
	error?: { code: string; message: string };
}

export interface RunOptions {
	model?: string;
	thinking?: ThinkingLevel;
	signal?: AbortSignal;
}

/** What distinguishes drafts and prompts in a large library. */
export interface Filing {
	kind: PromptKind;
	tags: string[];
	/** Names from the top, joined by `/`; empty for the top itself. */
	folder: string;
	favourite: boolean;
}

export type RecordOwner = { draftId: number } | { promptName: string };

export interface FilingPatch {
	/** All its tags: at most 20, each with 1 to 40 characters and without commas. */
	tags?: readonly string[];
	/** Names of at most 60 characters from the top, joined by `/`, at most 8 deep; empty for the top. */
	folder?: string;
	favourite?: boolean;
}

export interface ListedDraft extends Omit<DraftSummary, 'metadata'>, Filing {}

export interface ListedPrompt extends Filing {
	id: number;
	name: string;
	title: string;
	description: string | null;
	isDefault: boolean;
}

export interface DraftDetails extends ListedDraft {
	userId: string;
	draftContent: string;
	workshopChatId: number | null;
	revision: number;
	variables: VariableDeclaration[];
}

/** A variable that stands in a draft's text as `{{name}}`. */
export interface VariableDeclaration {
	name: string;
	type: 'text' | 'number' | 'choice' | 'json';
	/** As it is typed into the form; JSON as its source. */
	default?: string | undefined;
	choices?: string[] | undefined;
	note?: string | undefined;
}

export interface DraftPatch {
	draftContent?: string;
	draftName?: string;
	draftDescription?: string;
	status?: DraftStatus;
	kind?: PromptKind;
	/** All variables of the draft; others are removed. */
	variables?: VariableDeclaration[];
}

export interface TestOptions extends RunOptions {
	/**
	 * Variables that the draft declares are filled in; everything else stays as it is. Absent if the prompt is sent as the
	 * user's message (`promptRole` of its metadata), and required otherwise.
	 */
	testQuery?: string;
	topic: string;
	/** Values of the draft's variables, by name: a text as it is typed into the form, or a value. Default: theirs. */
	vars?: Readonly<Record<string, VariableInput>>;
	/** Distinct articles in the whole test, 5 to 200; default 50. */
	limit?: number;
	storeFullResponse?: boolean;
	userRating?: number;
	notes?: string;
}

export type VariableInput = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

export interface RatingPatch {
	userRating?: number | null;
	notes?: string | null;
}

export interface CommitOptions {
	name: string;
	title: string;
	description?: string;
	/** Updates the prompt that the draft was cloned from; `name` must be its name. */
	updateParent?: boolean;
}

export interface LintRequest {
	/** Default: research. */
	kind?: PromptKind;
	/** `provider/model`, for the advice of its vendor. */
	model?: string;
}

export type LintSeverity = 'error' | 'warning' | 'information';

/** A problem in a prompt. Offsets are in UTF-16 code units; `end` is exclusive. */
export interface LintFinding {
	/** The rule that found it. */
	code: string;
	message: string;
	start: number;
	end: number;
	severity: LintSeverity;
	fix?: LintFix;
}

/** A change that fixes a finding. Its edits are sorted and do not overlap. */
export interface LintFix {
	title: string;
	edits: { start: number; end: number; text: string }[];
}

export interface TopicImportReport {
	articles: number;
	added: number;
	updated: number;
	removed: number;
	skipped: { file: string; reason: string }[];
}

export type FixtureType = 'conversations' | 'assessment';

export interface FixtureSummary {
	/** Root and path, unique. */
	id: string;
	name: string;
	module: string;
	description: string;
	type: FixtureType;
	/** Why the file cannot be used; such a fixture is listed but cannot be loaded. */
	error?: string;
}

export type FixtureContent =
	| string
	| (
			| { type: 'text'; text: string }
			| { type: 'thinking'; text: string }
			| { type: 'tool-call'; id?: string; name: string; input?: unknown }
			| { type: 'tool-result'; id?: string; name?: string; content: string; isError?: boolean }
	  )[];

export interface FixtureMessage {
	role: 'user' | 'assistant';
	content: FixtureContent;
	thinking?: string;
}

export interface FixtureConversation {
	label: string;
	messages: FixtureMessage[];
}

export interface AssessmentItem {
	label: string;
	question: string;
	answer: string;
	/** The expected score, if the fixture has one. */
	expected?: number | string;
}

export interface FixtureSection {
	name: string;
	/** In an assessment: the rubric. */
	instructions: string;
	context: string;
	conversations: FixtureConversation[];
	/** Assessments only. */
	items?: AssessmentItem[];
}

/** A fixture in the sectioned form to which all forms are normalised. */
export interface Fixture extends FixtureSummary {
	baseSystemPrompt: string;
	sections: FixtureSection[];
}

/** A tool with results that are written in advance, as in suite files. Without a result its calls fail. */
export interface OfferedTool {
	name: string;
	description?: string;
	/** JSON Schema of the arguments. */
	inputSchema?: Record<string, unknown>;
	/** Text, or anything else as JSON; may hold `{{args.name}}`. */
	result?: unknown;
	isError?: boolean;
	/** Seconds until the result is there. */
	delay?: number;
	/** Results of calls with certain arguments; the first that fits answers. */
	results?: { when: Record<string, unknown>; result: unknown; isError?: boolean; delay?: number }[];
}

export interface LabRunOptions {
	messages: FixtureMessage[];
	systemPrompt: string;
	/**
	 * The tools that the model is offered. Default: if tools were called in the messages, these tools with the results that
	 * were recorded; a call that was not recorded fails. With an empty list none are offered, and recorded calls are sent
	 * as text.
	 */
	tools?: readonly OfferedTool[];
	thinking?: ThinkingLevel;
	/** `true` means the setting's level, or low if that is off. */
	enableThinking?: boolean;
	/** Tokens; clamped below `maxTokens`. */
	thinkingBudget?: number;
	model?: string;
	/** Default 16,384. */
	maxTokens?: number;
	signal?: AbortSignal;
}
