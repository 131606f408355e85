import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import type { TestOptions } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { streamedText, type Turn, turnText } from '../common/turn.ts';
import { generalTopic, type Draft, type StoredResponse, type TestResult } from '../common/model.ts';
import { turnEnd } from '../common/turnEnd.ts';
import type { PromptRole } from '../prompts/placePrompt.ts';
import { readPromptMetadata, versionedMetadata, type TestForm } from '../prompts/promptMetadata.ts';
import type { RunPart } from '../providers/provider.ts';
import type { Run, RunWork } from '../runs/run.ts';
import type { Repositories } from '../storage/contract.ts';
import type { ToolSession } from '../topics/contract.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import type { LiveRun } from './liveRuns.ts';
import { testModelOf } from './modelOf.ts';
import { notStored } from './notStored.ts';
import type { PreparedTest } from './prepareTest.ts';
import {
	checkContentForTest,
	checkLimit,
	checkNotes,
	checkRating,
	checkTestQuery,
	checkThinking,
	previewOf,
} from './rules.ts';

type CheckedOptions = TestOptions & { testQuery: string; limit: number };

const defaultArticleLimit = 50;
/** How often a streaming test stores what has arrived, in milliseconds, so that a crash does not lose it. */
const partialInterval = 5_000;

/**
 * Tests the saved text of a draft, its variables filled in, as the prompt of an assistant with the tools of the topic and
 * of the draft, and stores the result.
 */
export async function runTest(context: WorkshopContext, draftId: number, given: TestOptions): Promise<LiveRun> {
	const { testQuery = '', limit = defaultArticleLimit } = given;
	const options = { ...given, testQuery, limit };
	const store = await context.store();
	const metadata = await store.read(({ drafts }) => drafts.get(draftId).metadata);
	checkQuestion(testQuery, readPromptMetadata(metadata).promptRole);
	checkLimit(limit);
	checkThinking(options.thinking);
	if (options.userRating !== undefined) {
		checkRating(options.userRating);
	}
	if (options.notes !== undefined) {
		checkNotes(options.notes);
	}
	await requireTopic(context, options.topic);
	await context.documents.save(draftId);
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	checkContentForTest(draft.draftContent);
	const { prepareTest } = await import('./prepareTest.ts');
	const prepared = prepareTest(draft, testQuery, options);
	const { storeId } = store.status;
	const own = options.model ?? testModelOf(context, storeId, draft);
	const model = await context.chooseModel('test', own, options.signal);
	const result = await newResult(context, draft, options, model, prepared);
	await context.testModels.keep(storeId, draftId, model);
	return context.runs.start(
		{
			kind: 'test',
			draftId,
			key: result.testId,
			model,
			isModel: result.isModel,
			query: testQuery,
			topic: options.topic,
		},
		testWork(context, prepared, result, options),
	);
}

/** A prompt that is sent as the user's message is the question itself, so that its tests have no other. */
function checkQuestion(testQuery: string, promptRole: PromptRole): void {
	if (promptRole === 'system') {
		checkTestQuery(testQuery);
	} else if (testQuery !== '') {
		const message = l10n.t(
			'This prompt is sent as the message of the user, so its tests have no question. Leave the question out; messages that follow the prompt can be a case of its suite',
		);
		throw new AppError('validation', message, { info: { field: 'testQuery' } });
	}
}

async function requireTopic(context: WorkshopContext, topic: string): Promise<void> {
	if (topic === generalTopic) {
		return;
	}
	const topics = await context.topics.list();
	if (!topics.some(({ name }) => name === topic)) {
		const known = [generalTopic, ...topics.map(({ name }) => name)].join(', ');
		throw new AppError('not-found', l10n.t('Topic "{0}" not found. Import it, or use one of: {1}', topic, known), {
			info: { field: 'topic' },
		});
	}
}

/**
 * Stores the tested version and a result with the status `interrupted`, which stays if the process ends during the run.
 * Other windows recognise a running test by its missing stop reason.
 */
async function newResult(
	context: WorkshopContext,
	draft: Draft,
	options: CheckedOptions,
	model: string,
	{ query, vars, promptRole }: PreparedTest,
): Promise<TestResult> {
	const settings = context.settings();
	const store = await context.store();
	return store.write(({ drafts, versions, results }) => {
		const now = timestamp(context);
		const version = versions.record({
			metadata: versionedMetadata(draft.metadata),
			ownerKind: 'draft',
			ownerId: draft.id,
			content: draft.draftContent,
			reason: 'test',
			author: 'user',
			now,
		});
		const thinking = options.thinking ?? settings.thinking;
		const result: TestResult = {
			testId: randomUUID(),
			draftId: draft.id,
			versionId: version.id,
			query: options.testQuery,
			topic: options.topic,
			responsePreview: '',
			responseLength: 0,
			fullResponseStored: false,
			responseRef: null,
			requestRef: null,
			toolsUsed: [],
			articleCount: 0,
			citations: [],
			executionTimeMs: 0,
			timeToFirstTokenMs: null,
			model,
			answeredModel: null,
			isModel: context.models().isModel(model),
			provider: model.slice(0, model.indexOf('/')),
			thinking,
			parameters: {
				limit: options.limit,
				maxTokens: settings.maxTokens,
				...(vars && { vars }),
				...(query !== options.testQuery && { renderedQuery: query }),
				...(promptRole === 'user' && { promptRole }),
			},
			usage: null,
			costUsd: null,
			stopReason: null,
			status: 'interrupted',
			error: null,
			userRating: options.userRating ?? null,
			notes: options.notes ?? null,
			timestamp: now,
		};
		results.put(result);
		rememberForm(drafts, draft.id, {
			topic: options.topic,
			thinking,
			limit: options.limit,
			...(options.vars && { vars: typedValues(options.vars) }),
		});
		return result;
	});
}

/** Values as the form shows them. */
function typedValues(vars: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(vars).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
	);
}

/** The next test of the draft begins with these values. Not an edit: the draft keeps its time of change. */
function rememberForm(drafts: Repositories['drafts'], draftId: number, form: Partial<TestForm>): void {
	const { metadata, updatedAt } = drafts.get(draftId);
	const before = readPromptMetadata(metadata).testForm;
	const testForm = { ...before, ...form };
	if (JSON.stringify(testForm) !== JSON.stringify(before)) {
		drafts.update(draftId, { metadata: { ...metadata, testForm } }, updatedAt);
	}
}

/** Runs the model with the tools of the topic and of the draft, and stores partial results on the way and the result at the end. */
function testWork(
	context: WorkshopContext,
	prepared: PreparedTest,
	initial: TestResult,
	options: CheckedOptions,
): RunWork {
	let session: ToolSession | undefined;
	let offered: string[] = [];

	const snapshot = (turn: Turn, run: Run): TestResult => ({
		...initial,
		...figures(turn, offered),
		articleCount: session?.returned.size ?? 0,
		parameters: { ...initial.parameters, ...(offered.length > 0 && { tools: offered }) },
		executionTimeMs: run.elapsed(),
		timeToFirstTokenMs: run.timeToFirstTokenMs,
	});

	async function* source(signal: AbortSignal, run: Run): AsyncGenerator<RunPart> {
		let storedTurn = run.turn;
		let storing = Promise.resolve();
		const storePartial = async () => {
			const { turn } = run;
			if (turn !== storedTurn) {
				const partial = await withStoredAnswer(context, prepared, snapshot(turn, run), turn, run, options);
				await store(context, partial);
				// A full answer that could not be stored is tried again.
				storedTurn = partial.error === null ? turn : storedTurn;
			}
		};
		const timer = setInterval(() => {
			// A failed attempt is repeated and does not stop the run. If it keeps failing, the end of the run reports
			// it.
			storing = storing.then(storePartial).catch(() => undefined);
		}, partialInterval);
		try {
			session = await context.topics.openTools(options.topic, { limit: options.limit, now: context.now() });
			const tools = [...session.tools, ...prepared.tools];
			offered = tools.map(({ name }) => name);
			yield* context.models().run({
				model: initial.model,
				system: prepared.system,
				messages: prepared.messages,
				tools,
				thinking: initial.thinking,
				maxTokens: context.settings().maxTokens,
				purpose: 'test',
				signal,
			});
		} finally {
			clearInterval(timer);
			await storing;
		}
	}

	return {
		source,
		settle: async (turn, run) => {
			const citations = session ? await session.checkCitations(turnText(turn)) : [];
			const finished: TestResult = {
				...snapshot(turn, run),
				citations,
				status: turnEnd(turn),
				stopReason: turn.stopReason ?? 'error',
			};
			const complete = await withStoredAnswer(context, prepared, finished, turn, run, options);
			return { type: 'result', result: await store(context, complete) };
		},
		signal: options.signal,
	};
}

/** Figures of the turn, counted from the tool loop and never parsed from the answer. */
function figures(
	turn: Turn,
	offered: readonly string[],
): Pick<
	TestResult,
	'responsePreview' | 'responseLength' | 'toolsUsed' | 'answeredModel' | 'usage' | 'costUsd' | 'error'
> {
	const text = streamedText(turn);
	const called = turn.blocks.flatMap((block) =>
		block.type === 'tool' && offered.includes(block.name) ? [block.name] : [],
	);
	const { error } = turn;
	return {
		responsePreview: previewOf(text),
		responseLength: text.length,
		toolsUsed: [...new Set(called)],
		answeredModel: turn.answeredModel ?? null,
		usage: turn.usage ?? null,
		costUsd: turn.usage?.costUsd ?? null,
		error: error
			? {
					code: error.code,
					message: error.message,
					...(error.detail !== undefined && { detail: error.detail }),
				}
			: null,
	};
}

/**
 * Writes the full answer and the exact requests as files beside the store, unless the user keeps none. If that fails,
 * the result says so.
 */
async function withStoredAnswer(
	context: WorkshopContext,
	{ prompt, query, promptRole }: PreparedTest,
	result: TestResult,
	turn: Turn,
	{ requests }: Run,
	options: CheckedOptions,
): Promise<TestResult> {
	if (options.storeFullResponse === false || context.settings().keepFullResponses === 0) {
		return result;
	}
	const { blobs } = await context.store();
	const response: StoredResponse =
		promptRole === 'user'
			? { systemPrompt: '', query: prompt, promptRole, turn }
			: { systemPrompt: prompt, query, turn };
	try {
		const responseRef = await blobs.put(JSON.stringify(response));
		const requestRef = requests.length > 0 ? await blobs.put(JSON.stringify({ requests })) : null;
		return { ...result, responseRef, requestRef, fullResponseStored: true };
	} catch (thrown) {
		// The result itself is stored anyway: without an end it would count as running forever.
		const { code, message } = notStored(l10n.t('The full answer of this test was not stored'), thrown);
		return { ...result, error: result.error ?? { code, message } };
	}
}

/**
 * Stores the result, preserving a rating or notes that were added meanwhile. A complete test moves a draft on to
 * testing.
 */
async function store(context: WorkshopContext, result: TestResult): Promise<TestResult> {
	const opened = await context.store();
	return opened.write(({ drafts, results }) => {
		const { userRating, notes } = results.get(result.testId);
		const stored = { ...result, userRating, notes };
		results.put(stored);
		if (stored.status === 'complete' && drafts.get(stored.draftId).status === 'draft') {
			drafts.update(stored.draftId, { status: 'testing' }, timestamp(context));
		}
		return stored;
	});
}
