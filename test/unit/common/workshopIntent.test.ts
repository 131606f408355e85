import assert from 'node:assert/strict';
import { newestIntent, newIntent, readIntent } from '../../../src/common/workshopIntent.ts';

describe('the kept intent of the Workshop page', () => {
	it('comes back as it was', () => {
		const intent = {
			...newIntent(3),
			at: 1_760_000_000_000,
			tab: 'test' as const,
			composer: 'half a sen',
			editing: { messageId: 4, text: 'edited' },
			name: 'Rel',
			query: 'What would',
			topic: 'nodejs',
			thinking: 'high' as const,
			limit: 20,
			shown: 'test-1',
			notes: { 'test-1': 'go' },
			open: { '7': { 0: true, 2: false } },
			dismissed: ['7'],
			filter: { text: 'x', rating: 4, topic: 't', model: 'm', version: 2 },
			scroll: { chat: 120 },
		};
		assert.deepEqual(readIntent(JSON.parse(JSON.stringify(intent)), 3), intent);
	});

	it('is not taken from another draft, nor from what is no state', () => {
		assert.equal(readIntent(newIntent(4), 3), undefined);
		for (const state of [undefined, null, 'x', 7, [], {}]) {
			assert.equal(readIntent(state, 3), undefined);
		}
	});

	it('leaves out what does not fit', () => {
		const read = readIntent(
			{
				draftId: 3,
				tab: 'secrets',
				composer: 7,
				editing: { messageId: '1', text: 'x' },
				thinking: 'extreme',
				limit: 'many',
				notes: { a: 1, b: 'kept' },
				open: { a: { 0: 'yes' }, b: { 1: true } },
				dismissed: [1, 'x'],
				filter: { rating: 'all', text: 'kept' },
				scroll: { chat: 'low', test: 5 },
			},
			3,
		);
		assert.deepEqual(read, {
			...newIntent(3),
			notes: { b: 'kept' },
			open: { b: { 1: true } },
			dismissed: ['x'],
			filter: { ...newIntent(3).filter, text: 'kept' },
			scroll: { test: 5 },
		});
	});

	it('is the newer of what page and host kept', () => {
		const older = { ...newIntent(3), at: 5, composer: 'old' };
		const newer = { ...newIntent(3), at: 9, composer: 'new' };
		assert.equal(newestIntent([older, newer], 3).composer, 'new');
		assert.equal(newestIntent([newer, older], 3).composer, 'new');
		assert.equal(newestIntent([undefined, older], 3).composer, 'old');
		assert.deepEqual(newestIntent([null, { draftId: 4 }], 3), newIntent(3));
	});

	it('remembers the open blocks of the last hundred turns only', () => {
		const open = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`t${index}`, { 0: true }]));
		const read = readIntent({ draftId: 3, open }, 3);
		assert.equal(Object.keys(read?.open ?? {}).length, 100);
		assert.ok(read?.open['t149']);
	});
});
