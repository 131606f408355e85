import { yamlText } from './writing/yamlText.ts';

/** An assertion as a suite writes it; graders give the meaning of `value` and `threshold`. */
export interface SuiteAssertion {
	type: string;
	value?: unknown;
	threshold?: number;
	weight?: number;
	metric?: string;
	transform?: string;
	provider?: string;
	rubricPrompt?: string;
	assert?: SuiteAssertion[];
}

export interface SuiteMessageText {
	role: 'user' | 'assistant';
	content: string;
}

/** What cases have in common. */
export interface SuiteDefaults {
	vars?: Record<string, unknown>;
	expand?: boolean;
	query?: string;
	messages?: SuiteMessageText[];
	tags?: string[];
	repeat?: number;
	maxTokens?: number;
	timeout?: number;
	threshold?: number;
	assert?: SuiteAssertion[];
}

/** A case as a suite writes it. */
export interface SuiteCaseText extends SuiteDefaults {
	name?: string;
	expected?: unknown;
	output?: string;
	outputs?: Record<string, string>;
	metadata?: Record<string, unknown>;
}

/** A suite as its file writes it. */
export interface SuiteContent {
	description?: string;
	prompt?: string | string[];
	models?: string | string[];
	topic?: string;
	tools?: unknown[];
	defaults?: SuiteDefaults;
	cases: readonly object[];
}

/** The YAML of a suite. */
export function suiteText(suite: SuiteContent): string {
	return yamlText(suite);
}
