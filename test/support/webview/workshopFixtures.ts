import { emptyTurn } from '../../../src/common/turn.ts';
import type { TestResult } from '../../../src/common/model.ts';
import type { ShownTurn } from '../../../src/common/shownTurn.ts';
import type {
	DraftView,
	MessageView,
	ResultDetails,
	RunView,
	WorkshopSnapshot,
} from '../../../src/common/workshopProtocol.ts';

/** Small records of the Workshop page, to be changed where a test says so. */

export function draftFixture(patch: Partial<DraftView> = {}): DraftView {
	return {
		id: 1,
		name: 'Release analyst',
		description: 'For engineering managers',
		status: 'testing',
		kind: 'research',
		testForm: { vars: {} },
		variables: [],
		usedVariables: [],
		undeclared: [],
		promptRole: 'system',
		tools: [],
		parentPromptName: null,
		committedAs: null,
		characters: 1240,
		tokens: 310,
		testBlocked: null,
		commitBlocked: null,
		newBlock: false,
		blockInUse: false,
		questions: [],
		nextSteps: [],
		...patch,
	};
}

export function userMessage(id: number, text: string): MessageView {
	return {
		id,
		role: 'user',
		text,
		turn: emptyTurn,
		status: 'complete',
		model: null,
		answeredModel: null,
		createdAt: '2026-11-20T10:00:00.000Z',
		hasRequest: false,
	};
}

export function assistantMessage(id: number, turn: ShownTurn, patch: Partial<MessageView> = {}): MessageView {
	return {
		id,
		role: 'assistant',
		text: '',
		turn,
		status: 'complete',
		model: 'scripted/model',
		answeredModel: null,
		createdAt: '2026-11-20T10:00:05.000Z',
		hasRequest: true,
		...patch,
	};
}

/** A run that has just begun: of the chat, answering message 2, where nothing else is given. */
export function runFixture(patch: Partial<RunView> = {}): RunView {
	return {
		kind: 'chat',
		key: '2',
		model: 'scripted/model',
		isModel: true,
		query: '',
		topic: '',
		turn: emptyTurn,
		position: 0,
		elapsed: 0,
		...patch,
	};
}

export function resultFixture(patch: Partial<TestResult> = {}): TestResult {
	return {
		testId: 'test-1',
		draftId: 1,
		versionId: 3,
		query: 'What would an upgrade from 20 to 24 break?',
		topic: 'nodejs blog',
		responsePreview: 'Several things.',
		responseLength: 2481,
		fullResponseStored: true,
		responseRef: 'ref',
		requestRef: 'ref',
		toolsUsed: ['enhanced_database_search'],
		articleCount: 31,
		citations: [],
		executionTimeMs: 12_300,
		timeToFirstTokenMs: 900,
		model: 'scripted/model',
		answeredModel: null,
		isModel: true,
		provider: 'scripted',
		thinking: 'low',
		parameters: { limit: 50 },
		usage: { inputTokens: 5100, outputTokens: 813, costUsd: 0.0213 },
		costUsd: 0.0213,
		stopReason: 'stop',
		status: 'complete',
		error: null,
		userRating: null,
		notes: null,
		timestamp: '2026-11-20T11:00:00.000Z',
		...patch,
	};
}

export function detailsOf(
	result: TestResult,
	turn: ShownTurn | null,
	patch: Partial<ResultDetails> = {},
): ResultDetails {
	return { result, elsewhere: false, turn, version: 2, versionIsCurrent: true, previousId: null, ...patch };
}

export function snapshotFixture(patch: Partial<WorkshopSnapshot> = {}): WorkshopSnapshot {
	return {
		locale: 'en',
		show: null,
		draft: draftFixture(),
		messages: [],
		earlier: 0,
		runs: [],
		topics: [{ name: 'nodejs blog', articles: 1050 }],
		models: { chatModel: 'scripted/model', testModel: 'scripted/model', thinking: 'low' },
		suites: true,
		resultCount: 0,
		latestId: null,
		recentQueries: [],
		limits: { query: [10, 1000], articles: [5, 200, 50], notes: 500 },
		kept: { here: undefined, elsewhere: [], restored: false },
		...patch,
	};
}
