import { shorten } from './prose.ts';

const againstCore =
	/\b(?:no|never|without|don't|do not|stop|avoid) (?:\w+ )?(?:cit(?:e|ing|ations?)|links?)\b|^(?!.*\b(?:never|not|don't|avoid)\b).*\b(?:invent|make up|fabricate)\b/i;

/** Whether a wish would remove inline citations or evidence from the prompt. */
export function breaksCore(wish: string): boolean {
	return againstCore.test(wish);
}

/** Why such a wish is refused. */
export function coreRefusal(wish: string): string {
	return `“${shorten(wish, 80)}”: evidence and inline citations stay in every prompt.`;
}
