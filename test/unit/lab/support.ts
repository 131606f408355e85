import type { Fixture, FixtureMessage } from '../../../src/common/api.ts';
import { turnText } from '../../../src/common/turn.ts';
import { initialLabState, type LabSettings, type LabState } from '../../../src/common/labState.ts';
import type { FixtureFile, LabContext } from '../../../src/lab/labContext.ts';
import { LabSession } from '../../../src/lab/session.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import { createModels } from '../../../src/providers/models.ts';
import type { ModelPart, ModelProvider, Models, RunPart, RunRequest } from '../../../src/providers/provider.ts';
import { until } from '../../support/eventually.ts';
import { silentLog } from '../../support/wire/replay.ts';

export type Script = (request: RunRequest, call: number) => AsyncIterable<RunPart> | Iterable<RunPart>;

/** Models that play a script and remember what they were asked. */
export function scriptedModels(script: Script): Models & { requests: RunRequest[]; running: number; most: number } {
	const models = {
		requests: [] as RunRequest[],
		running: 0,
		most: 0,
		providers: [],
		list: async () => [],
		isModel: (model: string) => model !== 'own/guide',
		price: () => undefined,
		contextTokens: () => undefined,
		nextSteps: async () => undefined,
		async *run(request: RunRequest) {
			models.requests.push(request);
			models.running++;
			models.most = Math.max(models.most, models.running);
			try {
				yield* script(request, models.requests.length);
			} finally {
				models.running--;
			}
		},
	};
	return models;
}

/** The product's own models over a provider of the editor, `test`, that plays a script; `played` counts what reaches it. */
export function providedModels(script: Script): { models: Models; played: ReturnType<typeof scriptedModels> } {
	const played = scriptedModels(script);
	const provider: ModelProvider = {
		id: 'test',
		kind: 'vscode-lm',
		stream: ({ tools: _tools, ...request }) => played.run(request) as AsyncIterable<ModelPart>,
		listModels: async () => [],
	};
	const models = createModels([{ id: 'test', kind: 'vscode-lm' }], {
		getKey: async () => undefined,
		makeEditorProvider: () => provider,
		makeOfflineProvider: ({ id }) => createGuideProvider(id),
		log: silentLog,
	});
	return { models, played };
}

/** What a provider says first: the request is sent. */
export const sent: RunPart = { type: 'request', request: { method: 'POST', url: 'u', headers: {}, body: '' } };

/** Thinks, answers with `text`, and ends. */
export function answer(text: string, thinking = 'hm'): RunPart[] {
	return [
		{ type: 'thinking', id: 't', text: thinking },
		{ type: 'text', id: 'a', text },
		{ type: 'usage', inputTokens: 10, outputTokens: 5 },
		{ type: 'done', stopReason: 'stop' },
	];
}

/** A file in memory. */
export function file(id: string, content: unknown, options: Partial<FixtureFile> = {}): FixtureFile {
	const text = typeof content === 'string' ? content : JSON.stringify(content);
	const bytes = new TextEncoder().encode(text);
	return {
		id,
		size: bytes.byteLength,
		etag: String(text.length),
		needsSchema: false,
		read: async () => bytes,
		...options,
	};
}

export function labContext(models: Models, overrides: Partial<LabContext> = {}): LabContext {
	return {
		models: () => models,
		settings: () => ({ thinking: 'off', maxTokens: 1000 }),
		chooseModel: async (given) => given ?? 'test/model',
		requireFacilitator: async () => undefined,
		files: { list: async () => [] },
		...overrides,
	};
}

export const user = (content: string): FixtureMessage => ({ role: 'user', content });
export const assistant = (content: string, thinking?: string): FixtureMessage => ({
	role: 'assistant',
	content,
	...(thinking !== undefined && { thinking }),
});

/** One section, the given conversations. */
export function conversationFixture(...conversations: FixtureMessage[][]): Fixture {
	return normaliseFixture(
		{
			name: 'Tutor',
			baseSystemPrompt: 'Base.',
			sections: [
				{
					name: 'One',
					instructions: 'Instructions.',
					context: 'Context.',
					conversations: conversations.map((messages, index) => ({ label: `c${index}`, messages })),
				},
			],
		},
		'test/tutor.fixture.json',
	);
}

export async function collect<T>(parts: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const part of parts) {
		all.push(part);
	}
	return all;
}

/** What a request would say, as `role: text` lines. */
export function transcript(request: RunRequest | undefined): string[] {
	return (request?.messages ?? []).map(
		({ role, content }) =>
			`${role}: ${content.map((part) => (part.type === 'text' ? part.text : part.type)).join(' + ')}`,
	);
}

/** Resolves when the signal is aborted, now or later. */
export async function aborted(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) {
		await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
	}
}

export const labSettings: LabSettings = { model: 'test/model', thinking: 'low', maxTokens: 500, replay: 'turn' };
/** Three turns; the first answer has thinking. */
export const long = [user('q1'), assistant('a1', 'secret'), user('q2'), assistant('a2'), user('q3'), assistant('a3')];

/** A session over the given models; takes are named take1, take2, and so on. */
export function openSession(
	models: Models,
	fixture: Fixture,
	changes: Partial<LabSettings> = {},
	overrides: Partial<LabContext> = {},
) {
	let id = 0;
	const state = initialLabState(fixture, { ...labSettings, ...changes });
	return new LabSession(labContext(models, overrides), { state, newId: () => `take${++id}` });
}

/** Resolves when nothing runs any more. */
export function settled(session: LabSession): Promise<void> {
	return until(() => !session.isRunning, 'the runs to end');
}

/** The answers of a take. */
export const texts = (state: LabState, take = 0) => state.takes[take]?.steps.map(({ turn }) => turnText(turn));
