import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

describe('unknown-tool', () => {
	it('finds tool names that no topic offers, and no other names', () => {
		const text =
			'Use `web_search` first, then fetch_page(url); `get_topic_articles(topic, limit, days_back)` with `days_back`. Keep snake_case words.';
		assert.deepEqual(marked('unknown-tool', text), ['web_search', 'fetch_page']);
	});

	it('knows the tools of the prompt', () => {
		assert.deepEqual(marked('unknown-tool', 'Call `web_search`.', { kind: 'agent', tools: ['web_search'] }), []);
	});
});
