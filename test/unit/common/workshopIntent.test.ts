import assert from 'node:assert/strict';
import { firstIntent, newIntent, readIntent } from '../../../src/common/workshopIntent.ts';

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

	describe('that a page begins with', () => {
		const of = (page: string, at: number) => ({ ...newIntent(3), page, at, composer: `${page}${at}` });
		const nothing = { here: undefined, elsewhere: [], restored: false };

		it('is the newer of what it kept and what a host kept for it', () => {
			const begins = (own: number, here: number) =>
				firstIntent(of('a', own), { ...nothing, here: of('a', here) }, 3, 'new').composer;
			assert.equal(begins(5, 9), 'a9');
			assert.equal(begins(9, 5), 'a9');
		});

		it('is what another host kept for it, where this one kept nothing or an older state for it', () => {
			const elsewhere = [of('b', 20), of('a', 9)];
			const kept = { here: of('b', 30), elsewhere, restored: true };
			assert.equal(firstIntent(of('a', 5), kept, 3, 'new').composer, 'a9');
			assert.equal(firstIntent(of('a', 5), { ...kept, here: of('a', 7) }, 3, 'new').composer, 'a9');
		});

		it('is its latest after a crash of its host and a reload, when VS Code has a state from before the crash', () => {
			const beforeCrash = of('a', 5);
			const restored = firstIntent(undefined, { ...nothing, here: of('a', 7), restored: true }, 3, 'new');
			const later = { ...restored, at: 9, tab: 'test' as const };
			const kept = { here: later, elsewhere: [of('b', 20)], restored: true };
			assert.deepEqual(firstIntent(beforeCrash, kept, 3, 'newer'), later);
		});

		it('is never that of another page, however new, once it kept something', () => {
			const kept = { here: of('b', 9), elsewhere: [of('c', 10), { draftId: 4 }], restored: true };
			assert.deepEqual(firstIntent(of('a', 5), kept, 3, 'new'), of('a', 5));
		});

		it('is what its host kept where it was restored and kept nothing, else the newest of any', () => {
			const kept = { here: of('a', 5), elsewhere: [of('b', 9)], restored: true };
			assert.deepEqual(firstIntent(undefined, kept, 3, 'new'), of('a', 5));
			assert.deepEqual(firstIntent(null, { ...kept, restored: false }, 3, 'new'), { ...of('b', 9), page: 'new' });
			assert.deepEqual(firstIntent(null, { ...kept, here: {} }, 3, 'new'), { ...of('b', 9), page: 'new' });
			assert.deepEqual(firstIntent(undefined, nothing, 3, 'new'), { ...newIntent(3), page: 'new' });
		});
	});

	it('remembers the open blocks of the last hundred turns only', () => {
		const open = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`t${index}`, { 0: true }]));
		const read = readIntent({ draftId: 3, open }, 3);
		assert.equal(Object.keys(read?.open ?? {}).length, 100);
		assert.ok(read?.open['t149']);
	});
});
