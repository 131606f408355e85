import { foldPart } from '../../../src/common/foldParts.ts';
import { emptyTurn, type Turn } from '../../../src/common/turn.ts';
import { createModels, type ModelsDeps } from '../../../src/providers/models.ts';
import type { ModelPart, ModelRequest, ProviderConfig } from '../../../src/providers/provider.ts';

export type StreamApi = 'anthropic' | 'responses' | 'chat';

export const replayConfigs: Record<StreamApi, ProviderConfig> = {
	anthropic: { id: 'anthropic', kind: 'anthropic' },
	responses: { id: 'openai', kind: 'openai' },
	chat: { id: 'compatible', kind: 'openai-compatible', baseUrl: 'https://example.com/v1' },
};

export const silentLog = { debug: () => undefined, warn: () => undefined };

export function modelRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
	return {
		model: 'some-model',
		system: 'Be brief.',
		messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
		thinking: 'low',
		maxTokens: 4096,
		purpose: 'test',
		signal: new AbortController().signal,
		...changes,
	};
}

/** A body that arrives in the given chunks. */
export function bodyOf(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
	const iterator = chunks[Symbol.iterator]();
	return new ReadableStream({
		pull(controller) {
			const next = iterator.next();
			if (next.done === true) {
				controller.close();
			} else {
				controller.enqueue(next.value);
			}
		},
	});
}

/** Cuts bytes into chunks of a size, or at the given positions. */
export function* chunked(bytes: Uint8Array, sizeOrCuts: number | readonly number[]): Generator<Uint8Array> {
	if (typeof sizeOrCuts === 'number') {
		for (let at = 0; at < bytes.length; at += sizeOrCuts) {
			yield bytes.subarray(at, at + sizeOrCuts);
		}
		return;
	}
	let from = 0;
	for (const cut of [...sizeOrCuts.toSorted((a, b) => a - b), bytes.length]) {
		yield bytes.subarray(from, cut);
		from = cut;
	}
}

/** Runs one request of the real adapter and SDK over a body that is given instead of a server. */
export async function replay(
	api: StreamApi,
	chunks: Iterable<Uint8Array>,
	request: Partial<ModelRequest> = {},
	deps: Partial<ModelsDeps> = {},
): Promise<ModelPart[]> {
	const models = createModels([replayConfigs[api]], {
		fetch: async (input) =>
			String(input instanceof Request ? input.url : input).includes('/models')
				? new Response('{}', { status: 404 })
				: new Response(bodyOf(chunks), { headers: { 'content-type': 'text/event-stream' } }),
		getKey: async () => 'key-for-replay',
		log: silentLog,
		maxRetries: 0,
		...deps,
	});
	const parts: ModelPart[] = [];
	for await (const part of models.providers[0]!.stream(modelRequest(request))) {
		parts.push(part);
	}
	return parts;
}

/** What a stream said, in a form in which chunking makes no difference. */
export interface Heard {
	thinking: string;
	text: string;
	toolCalls: { id: string; name: string; input: unknown }[];
	usage: Record<string, unknown> | undefined;
	native: unknown[];
	error: { code: string; message: string; detail?: string } | undefined;
	stopReason: string | undefined;
	notice: string | undefined;
}

function joined({ blocks }: Turn, type: 'thinking' | 'text'): string {
	return blocks.map((block) => (block.type === type ? block.text : '')).join('');
}

export function hear(parts: readonly ModelPart[]): Heard {
	let turn = emptyTurn;
	const heard: Heard = {
		thinking: '',
		text: '',
		toolCalls: [],
		usage: undefined,
		native: [],
		error: undefined,
		stopReason: undefined,
		notice: undefined,
	};
	for (const part of parts) {
		if (heard.stopReason !== undefined) {
			throw new Error(`A part came after done: ${part.type}`);
		}
		switch (part.type) {
			case 'thinking':
			case 'text':
			case 'reclassify':
				turn = foldPart(turn, part);
				break;
			case 'tool-call':
				heard.toolCalls.push({ id: part.id, name: part.name, input: part.input });
				break;
			case 'usage': {
				const { type: _type, ...usage } = part;
				heard.usage = usage;
				break;
			}
			case 'native':
				heard.native = part.native.blocks;
				break;
			case 'error':
				heard.error = {
					code: part.code,
					message: part.message,
					...(part.detail === undefined ? {} : { detail: part.detail }),
				};
				break;
			case 'done':
				heard.stopReason = part.stopReason;
				heard.notice = part.notice;
				break;
			case 'answered':
			case 'request':
		}
	}
	return { ...heard, thinking: joined(turn, 'thinking'), text: joined(turn, 'text') };
}
