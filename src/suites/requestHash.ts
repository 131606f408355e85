import { textHash } from '../disk/textHash.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { AskedVariant } from './plannedRun.ts';
import type { RenderedTrial } from './renderTrial.ts';

/**
 * SHA-256 of everything that decides an answer: model, messages, thinking, length and tools with their results, and the
 * state of the topic.
 */
export function requestHash({ model, tools, editorTools, topic }: AskedVariant, rendered: RenderedTrial): string {
	const { system, steps, thinking, maxTokens } = rendered;
	const messages = steps.map(({ given, content }) => [given, content]);
	return textHash(canonicalJson({ model, system, messages, thinking, maxTokens, tools, editorTools, topic }));
}
