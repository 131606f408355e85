import { foldParts } from '../../../src/common/foldParts.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import type { RunPart, RunRequest } from '../../../src/providers/provider.ts';
import { sleep } from '../sleep.ts';
import { assistantMessage, detailsOf, draftFixture, resultFixture, userMessage } from './workshopFixtures.ts';

/** What the pictures of the pages show: drafts, tests and regenerations over the sample workspace's articles. */

const query = 'How many containers burned in Tarn Valley, and what was the cause?';
const model = 'anthropic/claude-sonnet';
const topic = 'Electricity storage';
const inquiry = 'https://substation-weekly.example/2026/02/tarn-valley-inquiry';
const firstAccount = 'https://harbour-post.example/2025/09/tarn-valley-fire';
const secondAccount = 'https://grid-ledger.example/2025/09/tarn-valley-second-account';

const search: StreamPart[] = [
	{
		type: 'thinking',
		id: 't',
		text: 'Two accounts are likely. I look for a later report that settles them.',
		at: 300,
	},
	{
		type: 'tool-call',
		id: 'c',
		name: 'enhanced_database_search',
		at: 2100,
		input: { query: 'Tarn Valley fire containers cause', topic, limit: 10 },
	},
	{
		type: 'tool-result',
		id: 'c',
		name: 'enhanced_database_search',
		at: 2300,
		summary: '9 articles',
		articleCount: 9,
	},
];

const answered = (text: string, first: StreamPart[] = search) =>
	foldParts([...first, { type: 'text', id: 'a', text, at: 3000 }, { type: 'done', stopReason: 'stop' }]);

const laterAnswer = `**One container burned**; in a second, three modules overheated without open flames. The cause was a coolant coupling that had not been tightened, according to [the inquiry of February 2026](${inquiry}).

## How the accounts differ

| Source | Date | Containers |
|---|---|---|
| [Harbour Post](${firstAccount}) | 5 September 2025 | two destroyed |
| [Grid Ledger](${secondAccount}) | 9 September 2025 | one burned, one damaged |
| [Substation Weekly](${inquiry}) | 26 February 2026 | one burned, one overheated |

The fire service counted from outside, in smoke. Both early accounts were partly wrong.

## What the articles do not say

- Who failed to tighten the coupling.
- Whether the operator was fined.`;

const earlierAnswer = `**Two containers burned**, according to [the fire service](${firstAccount}). The cause was not known.

## How the accounts differ

| Source | Date | Containers |
|---|---|---|
| [Harbour Post](${firstAccount}) | 5 September 2025 | two destroyed |
| [Grid Ledger](${secondAccount}) | 9 September 2025 | one burned, one damaged |

The operator speaks of one container. The accounts contradict each other.`;

const supported = [inquiry, firstAccount, secondAccount].map((url) => ({
	url,
	label: '',
	support: 'supported' as const,
}));
const later = resultFixture({
	testId: 'test-1',
	query,
	topic,
	model: model,
	userRating: 4,
	notes: 'Settles the dispute; could name the dates first',
	articleCount: 9,
	citations: supported,
	responseLength: laterAnswer.length,
	timestamp: '2026-11-20T11:00:00.000Z',
});
const earlier = resultFixture({
	testId: 'test-2',
	query,
	topic,
	model: 'anthropic/claude-haiku',
	userRating: 2,
	notes: null,
	versionId: 2,
	articleCount: 6,
	executionTimeMs: 7_900,
	timeToFirstTokenMs: 600,
	responseLength: earlierAnswer.length,
	usage: { inputTokens: 3300, outputTokens: 402, costUsd: 0.0042 },
	costUsd: 0.0042,
	citations: supported,
	timestamp: '2026-11-19T16:20:00.000Z',
});
const others = (['complete', 'failed', 'stopped', 'truncated', 'complete'] as const).map((status, index) =>
	resultFixture({
		testId: `test-${index + 3}`,
		topic,
		model,
		responsePreview: 'The articles report',
		status,
		userRating: status === 'complete' ? 3 + (index % 2) : null,
		query: [
			'Which promises about efficiency were kept, and which were not?',
			'What did the articles of the last three months report about money and markets?',
			'Did batteries fail during the frost of January 2026? Compare the accounts.',
			'How did sentiment about safety change over time?',
			'Who decides where a battery may stand?',
		][index] as string,
		notes: index === 0 ? 'Names the maker and the measurement' : null,
		timestamp: `2026-11-1${8 - index}T09:30:00.000Z`,
	}),
);

export const results = [later, earlier, ...others];

export const resultDetails = (testId: string) =>
	testId === 'test-2'
		? detailsOf(earlier, answered(earlierAnswer), { version: 1, versionIsCurrent: false })
		: detailsOf(later, answered(laterAnswer), { previousId: 'test-2' });

const prompt = `# Role

You are a research assistant for utility planners.

# Rules

1. Every claim carries an inline link to its article.
2. Where articles disagree, say who says what and when.
3. What no article says, you do not know.`;

export const workshopSnapshot = {
	draft: draftFixture({
		name: 'Storage analyst',
		description: 'Answers planners from the articles alone',
		newBlock: true,
		parentPromptName: 'auspex_default',
		nextSteps: ['Write the prompt now', 'Use the latest test results'],
	}),
	messages: [
		userMessage(1, 'Tell utility planners what recent articles say about batteries. Short, with dates.'),
		assistantMessage(
			2,
			answered(
				'Who reads the answers, and what do they decide with them? Should the answer say what is **not** in the articles?',
				[{ type: 'thinking', id: 't', text: 'Audience and purpose first.', at: 200 }],
			),
			{ model },
		),
		userMessage(3, 'Planners before a vote. Yes, say what is missing.'),
		assistantMessage(
			4,
			answered(
				`Here is a first version:\n\n\`\`\`markdown\n${prompt}\n\`\`\`\n\nRun a test on a question where sources disagree.`,
				[],
			),
			{ model },
		),
	],
	topics: [{ name: topic, articles: 62 }],
	models: { chatModel: model, testModel: model, thinking: 'low' as const },
	latestId: 'test-1',
	resultCount: results.length,
	recentQueries: [query],
};

export const agentSnapshot = {
	draft: draftFixture({
		name: 'Order agent',
		description: 'Settles questions about orders',
		kind: 'agent',
		testForm: { topic, vars: {} },
		tools: [
			{ name: 'get_order', description: 'Returns one order', results: 3, otherwise: 'error' as const },
			{ name: 'search_help', description: 'Searches the help centre', results: 0, otherwise: 'result' as const },
			{ name: 'get_topic_articles', description: '', results: 0, otherwise: 'none' as const },
		],
		questions: ['Where is my order 1001?'],
	}),
	topics: [{ name: topic, articles: 62 }],
	models: { chatModel: model, testModel: model, thinking: 'low' as const },
};

const taught = [
	`You have the right number and the wrong world. **0.03 belongs to a world in which the feed does nothing.**

| In that world | How often |
|---|---|
| a difference this large | 3 of 100 |
| the feed works | never |

So what would you still need to know to say how likely it is that the feed works?`,
	`Half of it is right: 0.03 is a probability.

Imagine the new feed does nothing. If you repeated the experiment 100 times in that world, how often would you see a difference this large?`,
	`Not quite. Think of three steps:

1. Suppose the feed does nothing.
2. Count how often chance alone gives this difference: 3 of 100.
3. That count says nothing yet about the feed.

Which step did your sentence skip?`,
];

/** Answers of a tutor, in turn; one in seven fails. */
export async function* tutor(request: RunRequest, call: number): AsyncGenerator<RunPart> {
	await sleep(200 + 60 * call, 'the pictures have times as they are');
	if (call % 7 === 5) {
		yield { type: 'error', code: 'overloaded', message: 'The provider is overloaded. Try again.', retryable: true };
		yield { type: 'done', stopReason: 'error' };
		return;
	}
	const text = taught[(request.system.length + call) % taught.length] ?? '';
	yield {
		type: 'thinking',
		id: 't',
		text: 'They read p the wrong way round. Find what is right in it, then one case.',
		at: 400,
	};
	await sleep(700, 'the pictures have times as they are');
	yield { type: 'text', id: 'a', text, at: 1900 };
	yield { type: 'usage', inputTokens: 640 + 31 * call, outputTokens: Math.round(text.length / 4), costUsd: 0.004 };
	yield { type: 'done', stopReason: 'stop' };
}
