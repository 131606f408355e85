import assert from 'node:assert/strict';
import { RecordFinder } from '../../../src/workshop/findRecords.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const now = '2026-01-02T03:04:05.000Z';

describe('finding drafts and prompts', () => {
	let t: TestWorkshop;
	before(async () => {
		t = await testWorkshop();
		await t.store.write(({ drafts, prompts }) => {
			const long = 'Words before it. '.repeat(20);
			drafts.create({ draftName: 'Refund agent', draftContent: `${long}Offer a Voucher first.${long}`, now });
			drafts.create({ draftName: null, draftContent: 'voucher at the beginning', now });
			drafts.create({ draftName: 'Percent', draftContent: 'gives 100%_off\\ today', now });
			drafts.create({ draftName: 'German', draftContent: 'ÄRGER und Übel', now });
			prompts.create({
				name: 'voucher_writer',
				title: 'Writes them',
				content: 'x'.repeat(200),
				description: null,
				metadata: { tags: ['Sales'], folder: 'Shop' },
				now,
			});
			prompts.create({ name: 'other', title: 'Other', content: 'no voucher', description: null, now });
		});
	});
	after(() => t.dispose());

	async function find(query: string, limit = 10) {
		const finder = await RecordFinder.open(t.store);
		return finder.find(query, limit);
	}
	const shown = async (query: string) => (await find(query)).map(({ shownName, id }) => shownName ?? `draft ${id}`);

	it('searches names, tags and folders before texts, and shows where a text has it', async () => {
		const found = await find('voucher');
		assert.deepEqual(found[0]?.owner, { promptName: 'voucher_writer' });
		assert.equal(found[0]?.excerpt, undefined);
		const excerpts = found.slice(1).map(({ excerpt }) => excerpt ?? '');
		assert.equal(excerpts.length, 3);
		assert.ok(
			excerpts.every((excerpt) => /voucher/i.test(excerpt) && excerpt.length <= 170),
			excerpts.join('\n'),
		);
		assert.ok(excerpts.some((excerpt) => excerpt.startsWith('…')));
		assert.ok(excerpts.some((excerpt) => excerpt.startsWith('voucher')));
		assert.deepEqual(await shown('sales'), ['Writes them']);
		assert.deepEqual(await shown('shop writer'), ['Writes them']);
	});

	it('takes what is typed as text, not as a pattern', async () => {
		assert.deepEqual(await shown('100%_off\\'), ['Percent']);
		for (const pattern of ['%%', '__', '%zzz%', "'; DROP", '\\%']) {
			assert.deepEqual(await shown(pattern), [], pattern);
		}
	});

	it('ignores the case of other letters than A to Z, too', async () => {
		assert.deepEqual(await shown('ärger übel'), ['German']);
		assert.match((await find('übel'))[0]?.excerpt ?? '', /Übel/);
	});

	it('finds the same while a word grows and shrinks as at once', async () => {
		const finder = await RecordFinder.open(t.store);
		const ids = async (query: string) => (await finder.find(query, 10)).map(({ owner }) => owner);
		for (const query of ['vo', 'vouch', 'voucher', 'voucher first', 'vouch', 'ouch', 'xvoucher', 'no vouch']) {
			assert.deepEqual(
				await ids(query),
				(await find(query)).map(({ owner }) => owner),
				query,
			);
		}
	});

	it('lists what changed last without a query, at most as many as asked', async () => {
		assert.equal((await find('')).length, 7);
		assert.equal((await find('', 2)).length, 2);
	});
});
