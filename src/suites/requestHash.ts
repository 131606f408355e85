import { textHash } from '../disk/textHash.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { AskedVariant } from './plannedRun.ts';
import type { RenderedTrial } from './renderTrial.ts';

/** Of each variant, what all its requests have in common. */
const commonParts = new WeakMap<AskedVariant, string>();

/**
 * SHA-256 of everything that decides an answer: model, messages, thinking, length and tools with their results, and the
 * state of the topic.
 */
export function requestHash(variant: AskedVariant, rendered: RenderedTrial): string {
	const { system, steps, thinking, maxTokens } = rendered;
	const messages = steps.map(({ given, content }) => [given, content]);
	return textHash(commonPart(variant) + canonicalJson({ system, messages, thinking, maxTokens }));
}

function commonPart(variant: AskedVariant): string {
	const known = commonParts.get(variant);
	if (known !== undefined) {
		return known;
	}
	const { model, tools, editorTools, topic } = variant;
	const part = canonicalJson({ model, tools, editorTools, topic });
	commonParts.set(variant, part);
	return part;
}
