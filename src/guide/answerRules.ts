import { topicToolNames } from '../common/tools.ts';

/** Turns an answer about audience, tone, format or tools into rules that can be checked. */

interface Adaptation {
	pattern: RegExp;
	rules: string[];
}

const audiences: readonly Adaptation[] = [
	{
		pattern:
			/\b(?:executives?|board|leaders?|leadership|managers?|directors?|c-level|decision[- ]makers?|stakeholders?)\b/i,
		rules: [
			'They decide and have little time: what a finding means for cost, time and risk comes before how it works.',
			'Explain a technical term in half a sentence where it first appears.',
		],
	},
	{
		pattern:
			/\b(?:engineers?|developers?|programmers?|architects?|operators?|administrators?|admins?|technical)\b/i,
		rules: [
			'They act on details: name versions, options, commands and identifiers exactly, in `code` form.',
			'Do not explain what every practitioner knows.',
		],
	},
	{
		pattern: /\b(?:researchers?|scientists?|analysts?|academics?|scholars?)\b/i,
		rules: [
			'They check sources: give method, sample and date of a finding where they are known.',
			'Keep measured results and interpretations apart.',
		],
	},
	{
		pattern: /\b(?:students?|beginners?|newcomers?|pupils|public|citizens?|customers?|lay)\b/i,
		rules: [
			'They are new to the field: use everyday words, explain each term once, and give one concrete example.',
			'Prefer a short complete explanation to a long list.',
		],
	},
	{
		pattern: /\b(?:journalists?|editors?|policymakers?|policy makers?|lawyers?|officials?)\b/i,
		rules: [
			'They quote you: attribute each statement to its source by name and date, and quote word for word only.',
		],
	},
];

const tones: readonly Adaptation[] = [
	{
		pattern: /\b(?:formal|professional|polite)\b/i,
		rules: ['Full sentences, no contractions, no colloquial words.'],
	},
	{
		pattern: /\b(?:friendly|warm|conversational|casual|informal|encouraging)\b/i,
		rules: ['Address the reader as "you", in everyday words; friendly in wording, never vague in substance.'],
	},
	{
		pattern: /\b(?:critical|sceptical|skeptical|cautious)\b/i,
		rules: ['For each important claim, say who makes it, with what interest, and what speaks against it.'],
	},
	{
		pattern: /\b(?:concise|terse|direct|brief|short)\b/i,
		rules: ['One idea per sentence, no introductions, no closing remarks.'],
	},
	{
		pattern: /\b(?:academic|scientific|technical)\b/i,
		rules: ['Use the terms of the field precisely, and qualify each statement by the evidence behind it.'],
	},
	{
		pattern: /\b(?:persuasive|enthusiastic)\b/i,
		rules: [
			'Argue with evidence: the strongest source first, counter-evidence named and answered, no superlatives.',
		],
	},
	{
		pattern: /\b(?:neutral|plain|simple|sober|objective|factual|calm)\b/i,
		rules: ['No evaluative adjectives of your own, no exclamation marks; verbs rather than nouns.'],
	},
];

function rulesOf(adaptations: readonly Adaptation[], answer: string): string[] {
	return adaptations.filter(({ pattern }) => pattern.test(answer)).flatMap(({ rules }) => rules);
}

export function audienceRules(answer: string): string[] {
	return rulesOf(audiences, answer);
}

export function toneRules(answer: string): string[] {
	return rulesOf(tones, answer.replace(/\b(?:less|never|no|not(?: too)?) [\p{L}-]+/giu, ''));
}

/**
 * Rules for the requested format, in addition to the user's own words.
 * @param cites whether answers carry links to their sources
 */
export function formatRules(answer: string, { cites }: { cites: boolean }): string[] {
	const rules: string[] = [];
	const words = /(\d[\d,.]*)[\s-]*words?/i.exec(answer)?.[1];
	if (words !== undefined) {
		rules.push(
			`Count roughly before you send: if the answer is longer than ${words} words, cut the weakest point${cites ? ', not the links' : ''}.`,
		);
	}
	if (/\bbullets?|\blists?\b/i.test(answer)) {
		rules.push(
			cites
				? 'One finding per bullet, the most important first, its link at the end of the bullet.'
				: 'One point per bullet, the most important first.',
		);
	}
	if (/\btables?\b/i.test(answer)) {
		rules.push(
			`Tables in Markdown with a header row;${cites ? ' links inside the cells;' : ''} at most five columns.`,
		);
	}
	if (/\bone[- ]page/i.test(answer)) {
		rules.push('One page is about 400 words.');
	}
	if (/\bjson\b/i.test(answer)) {
		rules.push(
			cites
				? 'Valid JSON and nothing around it; each claim is an object with `text` and `link`, the link in Markdown form.'
				: 'Valid JSON and nothing around it: no code fence, no comment, no trailing comma.',
		);
	}
	return rules;
}

/** Which topic tools an answer wants stressed or limited, clause by clause. */
export function toolWishes(answer: string): { stress: string[]; limit: string[] } {
	const stress = new Set<string>();
	const limit = new Set<string>();
	for (const clause of answer.split(/[.;,\n]+|\b(?:but|and)\b/i)) {
		const target = /\b(?:no|not|never|without|avoid|don't|limit|sparing|skip|leave out|rarely|less)\b/i.test(clause)
			? limit
			: stress;
		for (const name of topicToolNames) {
			if (clause.includes(name) || toolWords[name].test(clause)) {
				target.add(name);
			}
		}
	}
	return { stress: [...stress].filter((name) => !limit.has(name)), limit: [...limit] };
}

const toolWords: Record<(typeof topicToolNames)[number], RegExp> = {
	enhanced_database_search: /\b(?:broad|ranked|full[- ]text|database) search/i,
	get_topic_articles: /\b(?:newest|latest|recent)\b/i,
	get_article_categories: /\bcategor(?:y|ies)\b/i,
	search_articles_by_keywords: /\b(?:keywords?|exact|identifiers?|version numbers?)\b/i,
	search_articles_by_categories: /\b(?:by|per|each) categor(?:y|ies)\b/i,
	analyze_sentiment_trends: /\bsentiments?\b/i,
};

/** A period such as "the last 90 days", as it is in the answer, in lower case. */
export function periodOf(answer: string): string | undefined {
	return /\b(?:last|past) (?:\d+ )?(?:days?|weeks?|months?|years?|quarter)\b/i.exec(answer)?.[0].toLowerCase();
}
