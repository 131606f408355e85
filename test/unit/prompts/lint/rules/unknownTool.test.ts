import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

const find = (text: string, options: Parameters<typeof marked>[2]) => marked('unknown-tool', text, options);

describe('unknown-tool', () => {
	it('finds tool names that no topic offers, each once, and no other names', () => {
		const text =
			'Use `web_search` first, then fetch_page(url); `get_topic_articles(topic, limit, days_back)` with `days_back`. Keep snake_case words. Use `web_search` again.';
		assert.deepEqual(marked('unknown-tool', text), ['web_search', 'fetch_page']);
	});

	it('knows the tools of an agent, and of the topic', () => {
		const text = 'Call `web_search`, `get_order` or `get_topic_articles`.';
		assert.deepEqual(find(text, { kind: 'agent', tools: ['web_search', 'get_order'] }), []);
		assert.deepEqual(find(text, { kind: 'agent', tools: ['web_search'] }), ['get_order']);
		assert.match(
			findingsOf('unknown-tool', text, { kind: 'agent', tools: ['web_search'] })[0]?.message ?? '',
			/Its own tools are web_search/,
		);
	});

	it('finds in other prompts only what is called', () => {
		const text =
			'Use `get_order` for orders. Call the tool `order_state`. Fill in `due_date` and `order_id`. Use `snake_case` names.';
		for (const kind of ['agent', 'assistant'] as const) {
			assert.deepEqual(find(text, { kind }), ['get_order', 'order_state']);
		}
		assert.match(
			findingsOf('unknown-tool', text, { kind: 'assistant' })[0]?.message ?? '',
			/An assistant has no tools/,
		);
	});

	it('leaves code blocks alone', () => {
		assert.deepEqual(find('```php\nfunction get_order($id) {}\n```', { kind: 'agent' }), []);
	});
});
