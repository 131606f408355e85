import assert from 'node:assert/strict';
import type { Tool } from '../../../src/common/tools.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import type { RunPart } from '../../../src/providers/provider.ts';
import { runTools } from '../../../src/providers/toolLoop.ts';
import { linksOf } from '../../../src/topics/index/citations.ts';
import { user } from './ask.ts';

interface Article {
	title: string;
	url: string;
	passage: string;
	date?: string;
	source?: string;
}

function tool(name: string, run: (input: Record<string, unknown>) => unknown, isError = false): Tool {
	return {
		name,
		description: name,
		inputSchema: { type: 'object', properties: { topic: { type: 'string', enum: ['storage'] } } },
		run: async (input) => ({
			content: JSON.stringify(run(input as Record<string, unknown>)),
			summary: name,
			isError,
		}),
	};
}

function search(articles: readonly Article[]): Tool {
	return tool('enhanced_database_search', ({ query }) => ({ query, articles }));
}

async function research(
	question: string,
	tools: Tool[],
): Promise<{ text: string; thinking: string; parts: RunPart[] }> {
	const parts: RunPart[] = [];
	const request = {
		model: 'offline/guide',
		system: 'Answer in verse.',
		messages: [user(question)],
		tools,
		thinking: 'low' as const,
		maxTokens: 1000,
		purpose: 'test' as const,
		signal: new AbortController().signal,
	};
	for await (const part of runTools(createGuideProvider('offline'), 'guide', request)) {
		parts.push(part);
	}
	const joined = (type: 'text' | 'thinking') => parts.map((part) => (part.type === type ? part.text : '')).join('');
	return { text: joined('text'), thinking: joined('thinking'), parts };
}

function calls(parts: readonly RunPart[]): [string, unknown][] {
	return parts.flatMap((part) => (part.type === 'tool-call' ? [[part.name, part.input]] : []));
}

const fire: Article = {
	title: 'Coupling started the blaze',
	url: 'https://substation.example/inquiry',
	date: '2026-02-26',
	source: 'Substation Weekly',
	passage: 'The report has 19 recommendations. One container burned in Tarn Valley because of a loose coupling.',
};
const iron: Article = {
	title: 'Iron and air',
	url: 'https://substation.example/iron',
	passage: 'Rust stores energy in a valley.',
	date: 'not recorded',
};
const other: Article = { title: 'Sheep', url: 'https://substation.example/sheep', passage: 'Sheep graze.' };

describe('test run of the guide', () => {
	it('plans a search from the question, with the pinned topic and the time phrase, and calls the real tool', async () => {
		const { parts, thinking } = await research(
			'What did the container fire in Tarn Valley since March 2026 cost?',
			[search([fire, iron, other])],
		);
		assert.deepEqual(calls(parts), [
			[
				'enhanced_database_search',
				{ query: 'container fire Tarn Valley cost since March 2026', limit: 10, topic: 'storage' },
			],
		]);
		assert.match(thinking, /Words of the question to search for: container, fire, Tarn, Valley, cost/);
		assert.match(thinking, /Search planned: enhanced_database_search/);
	});

	it('answers with the best sentence of each matching article and a link to it, the best match first', async () => {
		const { text } = await research('Which container burned in Tarn Valley?', [search([iron, other, fire])]);
		assert.match(text, /I did not read the prompt/);
		assert.match(
			text,
			/- “One container burned in Tarn Valley because of a loose coupling\.” \[Coupling started the blaze\]\(https:\/\/substation\.example\/inquiry\) \(Substation Weekly, 2026-02-26\)/,
		);
		assert.doesNotMatch(text, /19 recommendations|Sheep|not recorded/);
		assert.deepEqual(
			linksOf(text).map(({ url }) => url),
			[fire.url, iron.url],
		);
	});

	it('names the words that no passage has', async () => {
		const { text } = await research('Did the insurance pay for Tarn Valley?', [search([fire, iron, other])]);
		assert.match(text, /\*\*Limits:\*\* “insurance” and “pay” occur in none/);
	});

	it('does not miss words that the search took for dates', async () => {
		const dated = tool('enhanced_database_search', ({ query }) => ({
			query,
			dates: 'from 2026-01-01 to 2026-01-31',
			words: 'insurance Tarn Valley',
			articles: [fire, iron, other],
		}));
		const { text } = await research('Which insurance did Tarn Valley have in January 2026?', [dated]);
		assert.match(text, /\*\*Limits:\*\* “insurance” occurs in none/);
	});

	it('searches once more, wider, where little was found, and then says that nothing was', async () => {
		const { text, parts, thinking } = await research('What about zebra stripes and their reflection?', [
			search([]),
			tool('get_topic_articles', () => ({ articles: [] })),
		]);
		assert.deepEqual(
			calls(parts).map(([name, input]) => [name, (input as Record<string, unknown>)['query']]),
			[
				['enhanced_database_search', 'zebra stripes reflection'],
				['enhanced_database_search', 'reflection stripes'],
				['get_topic_articles', undefined],
			],
		);
		assert.match(thinking, /Articles so far: 0, fewer than 3/);
		assert.match(
			text,
			/Nothing was found: `enhanced_database_search` and `get_topic_articles` returned no article/,
		);
		assert.deepEqual(linksOf(text), []);
	});

	it('asks for categories and sentiment where the question does, and reports the counts', async () => {
		const { text, parts } = await research('How is the sentiment, and which categories are there?', [
			search([fire, iron, other]),
			tool('get_topic_articles', () => ({ articles: [fire, iron, other] })),
			tool('get_article_categories', () => ({ categories: [{ category: 'safety', articles: 7 }] })),
			tool('analyze_sentiment_trends', () => ({ sentiment: 'not recorded' })),
		]);
		assert.deepEqual(
			calls(parts).map(([name]) => name),
			['get_topic_articles', 'get_article_categories', 'analyze_sentiment_trends'],
		);
		assert.match(text, /Recorded categories: safety \(7\)/);
		assert.match(text, /sentiment: not recorded/);
	});

	it('says so without tools, with tools that it cannot use, and where a tool failed', async () => {
		const without = await research('Which container burned?', []);
		assert.match(without.text, /No tools are offered/);
		assert.match(without.thinking, /Tools offered: none/);
		assert.match(
			(await research('Which container burned?', [tool('read_mail', () => ({}))])).text,
			/None of the tools/,
		);
		const broken = tool('enhanced_database_search', () => ({ error: 'index is closed' }), true);
		const failed = await research('Which container burned?', [broken]);
		assert.match(failed.text, /The tool `enhanced_database_search` failed: index is closed/);
		assert.deepEqual(linksOf(failed.text), []);
	});

	it('makes no link and no markup out of what an article says [attack 4]', async () => {
		const hostile: Article = {
			title: 'A [trap](https://evil.example/title) **x**',
			url: 'article:storage/a (1).md',
			passage:
				'The container ![i](https://evil.example/p?d=1) <img src=x> https://evil.example/auto `code` burned [here](//evil.example) https:\\/\\/evil.example mailto:a@evil.example.',
		};
		const { text } = await research('Which container burned?', [search([hostile, fire, iron])]);
		assert.deepEqual(
			linksOf(text).map(({ url }) => decodeURI(url)),
			[fire.url, hostile.url],
		);
		assert.doesNotMatch(text, /https:\/\/evil/);
	});
});
