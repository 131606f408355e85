import type { ErrorCode } from '../../../src/common/errors.ts';
import type { PromptKind } from '../../../src/common/model.ts';
import type { StopReason } from '../../../src/common/turn.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import type { ModelMessage, ModelPart, ModelRequest } from '../../../src/providers/provider.ts';
import { defaultPrompt } from '../../../src/workshop/defaultPrompt.ts';
import { lastBlock } from '../../../src/common/fencedBlocks.ts';
import { buildMetaPrompt, openingMessage } from '../../../src/workshop/metaPrompt.ts';

export function user(text: string): ModelMessage {
	return { role: 'user', content: [{ type: 'text', text }] };
}

export function assistant(text: string): ModelMessage {
	return { role: 'assistant', content: [{ type: 'text', text }] };
}

export function requestOf(given: Partial<ModelRequest>): ModelRequest {
	return {
		model: 'guide',
		system: '',
		messages: [],
		thinking: 'low',
		maxTokens: 1000,
		purpose: 'design',
		signal: new AbortController().signal,
		...given,
	};
}

export interface Answer {
	parts: ModelPart[];
	text: string;
	thinking: string;
	calls: { id: string; name: string; input: unknown }[];
	error?: { code: ErrorCode; message: string };
	stopReason?: StopReason;
}

export async function ask(given: Partial<ModelRequest>): Promise<Answer> {
	const answer: Answer = { parts: [], text: '', thinking: '', calls: [] };
	for await (const part of createGuideProvider('offline').stream(requestOf(given))) {
		answer.parts.push(part);
		switch (part.type) {
			case 'text':
				answer.text += part.text;
				break;
			case 'thinking':
				answer.thinking += part.text;
				break;
			case 'tool-call':
				answer.calls.push({ id: part.id, name: part.name, input: part.input });
				break;
			case 'error':
				answer.error = { code: part.code, message: part.message };
				break;
			case 'done':
				answer.stopReason = part.stopReason;
				break;
			default:
				break;
		}
	}
	return answer;
}

/** A design chat as the workshop holds it: the meta-prompt is built anew for each turn. */
export class DesignChat {
	draft: string | undefined;
	readonly #kind: PromptKind;
	readonly #parentTitle: string | undefined;
	readonly #messages: ModelMessage[] = [];

	constructor(options: { kind?: PromptKind; parentTitle?: string; draft?: string } = {}) {
		this.#kind = options.kind ?? 'research';
		this.#parentTitle = options.parentTitle;
		this.draft = options.draft;
	}

	open(requirements?: string): Promise<Answer> {
		return this.say(
			openingMessage({
				kind: this.#kind,
				...(requirements !== undefined && { requirements }),
				...(this.#parentTitle !== undefined && { parentTitle: this.#parentTitle }),
			}),
		);
	}

	async say(text: string): Promise<Answer> {
		this.#messages.push(user(text));
		const system = buildMetaPrompt({
			kind: this.#kind,
			templateTitle: defaultPrompt.title,
			templateContent: defaultPrompt.content,
			...(this.draft !== undefined && { draftText: this.draft }),
			...(this.#parentTitle !== undefined && { parentTitle: this.#parentTitle }),
		});
		const answer = await ask({ system, messages: this.#messages });
		this.#messages.push(assistant(answer.text));
		return answer;
	}
}

/** The prompt that Extract Draft would take from an answer; fails where there is none. */
export function promptOf({ text }: Answer): string {
	const block = lastBlock(text);
	if (!block?.closed) {
		throw new Error(`No closed block in: ${text}`);
	}
	return block.content;
}
