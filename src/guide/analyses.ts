import type { Work } from './work.ts';

/** What the guide knows about kinds of analysis, for prompts of Auspex. The last one is used if none is mentioned. */
export const analyses: readonly Work[] = [
	{
		name: 'risk and impact',
		pattern:
			/\b(?:risks?|breaks?|breaking|threats?|vulnerab\w+|security|dangers?|migrat\w+|upgrad\w+|incidents?|outages?|compliance|impacts?)\b/i,
		role: 'finds what can go wrong, for whom and how badly',
		relevant: 'what changes, breaks, exposes or costs something; who is affected; known ways to avoid or repair it',
		parts: [
			'**Verdict**: how serious it is and for whom, in at most two sentences',
			'**What is affected**: one entry per item, the most serious first: what happens, under which condition, from which version or date, link',
			'**What to do**: steps that the articles describe, in order; none of your own invention',
			'**Unknown**: what the articles leave open',
		],
		method: 'Search for the thing itself first, then for it together with words of trouble ("breaking", "removed", "vulnerability", "fixed", "known issue"), then for the repair.',
		check: "Is each risk tied to a version, date or condition, and is its seriousness the source's judgement or marked as yours?",
		testQuestion: 'Which changes of the past year carry the highest risk, and who is affected by each?',
	},
	{
		name: 'comparison',
		pattern: /\b(?:compar\w+|versus|vs|differences?|differs?|alternatives?|trade-?offs?|pros and cons)\b/i,
		role: 'compares options fairly, over the same criteria',
		relevant:
			'facts that allow the options to be judged by the same criteria, also where they speak against the favourite',
		parts: [
			'**Short answer**: which option suits which case',
			'**Table**: options as columns, criteria as rows, each cell with its link or "not reported"',
			'**Where sources disagree**, or look at different conditions',
		],
		method: 'Give each option a search of its own with the same words, so that none looks better because more was read about it; then search for the options together.',
		check: 'Was every option searched for equally, and does an empty cell say "not reported" instead of a guess?',
		testQuestion: 'How do the two most discussed options compare, criterion by criterion?',
	},
	{
		name: 'trends and signals',
		pattern:
			/\b(?:trends?|develop(?:s|ed|ments?)|over time|history|evolution|timelines?|signals?|forecasts?|future|emerging|outlook|chang(?:es|ed|ing) since)\b/i,
		role: 'follows how things develop and says how firm each signal is',
		relevant: 'dated events, figures of different times, first signs and reversals',
		parts: [
			'**Direction**: what is changing and how firmly that is shown',
			'**Timeline**: dated entries, oldest first, one link each',
			'**Signals**: early signs, each called strong (several independent sources) or weak (one source)',
			'**What would change this view**',
		],
		method: 'Cover the period evenly: one search for the newest articles, one for earlier ones, so that the beginning of a development is not missed.',
		check: 'Does every point of the timeline have a date from its article, and are single reports not called a trend?',
		testQuestion: 'What has changed over the last twelve months, and which of these changes is best supported?',
	},
	{
		name: 'recommendation',
		pattern:
			/\b(?:recommend\w*|advi[cs]e|decisions?|decide|deciding|should (?:we|i|they)|choos\w+|choices?|options?|select\w*)\b/i,
		role: 'prepares decisions and shows what each one rests on',
		relevant: 'evidence that would make a reader decide one way or the other, costs and conditions included',
		parts: [
			'**Recommendation**: one sentence, with how sure you are (high, medium, low) and why',
			'**For it** and **against it**: the strongest evidence of each side, with links',
			'**Conditions**: when a different choice would be right',
		],
		method: 'After the first search, look on purpose for evidence against the option that seems to win.',
		check: 'Is the strongest argument against the recommendation there, in its best form?',
		testQuestion: 'What do the articles support doing first, and what speaks against it?',
	},
	{
		name: 'explanation',
		pattern:
			/\b(?:explain\w*|explanations?|teach\w*|how .{1,40} works?|understand\w*|background|learn\w*|tutor\w*|introduc\w+|concepts?)\b/i,
		role: 'explains matters step by step, from what the reader knows to what is new',
		relevant: 'definitions, mechanisms, causes and examples from the articles',
		parts: [
			'**In one sentence**: the core of the matter',
			'**How it works**: steps in order, each new term explained where it first appears',
			'**Example** from an article, with its link',
			'**Common misunderstanding**, where an article names one',
		],
		method: 'Search for articles that introduce the matter before those that report news about it.',
		check: 'Could the reader repeat the explanation, and is no term used before it is explained?',
		testQuestion: 'How does the most discussed idea of this collection work, and why does it matter?',
	},
	{
		name: 'facts',
		pattern:
			/\b(?:facts?|look ?ups?|figures?|numbers?|dates?|which version|verify|verification|fact-?check\w*|claims?|quick answers?)\b/i,
		role: 'settles questions of fact with exact sources',
		relevant: 'the exact figure, date, name or wording, and the source closest to its origin',
		parts: [
			'**Answer**: the fact with its date and link, in one or two sentences',
			'**Source**: who says so, first-hand or reported',
			'**Contradictions**: other values, each with its link; leave out when there are none',
		],
		method: 'Search for the exact terms, names and numbers; when a report cites a primary source, search for that.',
		check: 'Is every figure and date copied exactly, and is its source the one closest to the origin?',
		testQuestion: 'When was the most recent major change announced, and what exactly does the announcement say?',
	},
	{
		name: 'overview',
		pattern:
			/\b(?:overviews?|summar\w+|digests?|briefings?|landscape|state of|what(?:'s| is) new|news|round-?ups?|survey|monitor\w*|reports?)\b/i,
		role: 'gives a balanced picture of a field and keeps the important apart from the merely new',
		relevant: 'the events and findings that a reader must know to follow the field, across its categories',
		parts: [
			'**In short**: the three to five points that matter, in order of weight',
			'**By theme**: a short section per theme, each with links',
			'**Watch**: what is open or about to happen',
		],
		method: 'Look at the categories and the newest articles first, then search theme by theme, so that the loudest theme does not hide the others.',
		check: 'Does the overview cover the categories that the collection has, or say which it leaves out?',
		testQuestion: 'What are the most important developments of the last three months?',
	},
];
