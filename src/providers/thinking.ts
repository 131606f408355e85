import type { ThinkingLevel } from '../common/model.ts';

/** The form of the parameter `thinking` that a Claude model accepts. */
export type ClaudeThinking = 'adaptive' | 'budget';

const minBudget = 1024;
const budgets = { low: 2048, medium: 8192, high: 16_384 } as const;

/**
 * Thinking tokens for a request: at least 1,024 and at most three quarters of `maxTokens`, so that an answer fits; undefined
 * when `maxTokens` leaves no room for thinking at all.
 */
export function thinkingBudget(
	level: Exclude<ThinkingLevel, 'off'>,
	wanted: number | undefined,
	maxTokens: number,
): number | undefined {
	const max = Math.max(minBudget, Math.floor(maxTokens * 0.75));
	if (max >= maxTokens) {
		return undefined;
	}
	const asked = wanted === undefined || !Number.isFinite(wanted) ? budgets[level] : Math.floor(wanted);
	return Math.min(max, Math.max(minBudget, asked));
}

/** The effort that corresponds to a token budget, for models that only accept a level. */
export function effortFor(level: Exclude<ThinkingLevel, 'off'>, budget: number | undefined): 'low' | 'medium' | 'high' {
	if (budget === undefined) {
		return level;
	}
	return budget <= 4096 ? 'low' : budget <= 12_288 ? 'medium' : 'high';
}

/**
 * Forms to try, judging by the model's name, used only if the models endpoint does not say: up to 4.5 a budget, later
 * `adaptive`. A wrong guess is corrected after the provider's refusal.
 */
export function guessClaudeForms(model: string): readonly ClaudeThinking[] {
	const version = /claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/.exec(model);
	const major = Number(version?.[1] ?? Infinity);
	const minor = Number(version?.[2] ?? 0);
	if (major < 3 || (major === 3 && minor < 7)) {
		return [];
	}
	return major > 4 || (major === 4 && minor > 5) ? ['adaptive', 'budget'] : ['budget', 'adaptive'];
}

/** Whether to request reasoning: from all but the OpenAI families that do not reason; a refusal corrects it. */
export function reasonsInResponses(model: string): boolean {
	return !/^(gpt-3|gpt-4|chatgpt-4)/.test(model);
}

/** The effort that comes closest to no reasoning; undefined leaves the model's default. */
export function lowestEffort(model: string): 'none' | 'minimal' | 'low' | undefined {
	if (/^gpt-(5\.[1-9]|[6-9])/.test(model)) {
		return 'none';
	}
	if (/^gpt-5/.test(model)) {
		return 'minimal';
	}
	return /^o\d/.test(model) ? 'low' : undefined;
}
