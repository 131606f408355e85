import { foldParts } from '../../../src/common/foldParts.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { resultFixture } from './workshopFixtures.ts';

export const query = 'What would an upgrade from 20 to 24 break?';
export const parts: StreamPart[] = [
	{ type: 'thinking', id: 't', text: 'Search first.', at: 100 },
	{
		type: 'tool-call',
		id: 'c',
		name: 'enhanced_database_search',
		input: { query: 'upgrade breaking', topic: 'nodejs blog' },
		at: 900,
	},
	{
		type: 'tool-result',
		id: 'c',
		name: 'enhanced_database_search',
		summary: '23 articles',
		articleCount: 23,
		at: 1200,
	},
	{
		type: 'text',
		id: 'a',
		text: 'See [Node 24](https://nodejs.org/24), [old](https://nodejs.org/o) and [odd](https://x.example/).',
		at: 1500,
	},
];
export const whole = foldParts([...parts, { type: 'done', stopReason: 'stop' }]);
export const result = resultFixture({
	query,
	citations: [
		{ url: 'https://nodejs.org/24', label: 'Node 24', support: 'supported' },
		{ url: 'https://nodejs.org/o', label: 'old', support: 'not-returned' },
		{ url: 'https://x.example/', label: 'odd', support: 'unknown' },
	],
});
