import assert from 'node:assert/strict';
import { queryWords, rankRecords, type Findable } from '../../../src/prompts/rankRecords.ts';

interface Item extends Findable {
	text: string;
}

function item(name: string, patch: Partial<Item['filing']> & Partial<Item> = {}): Item {
	const { tags = [], folder = '', favourite = false, ...rest } = patch;
	return {
		name,
		title: '',
		description: null,
		updatedAt: '2026-01-01',
		text: '',
		filing: { kind: 'research', tags, folder, favourite },
		...rest,
	};
}

const names = (items: readonly Item[], query: string) =>
	rankRecords(items, query, ({ text }, word) => text.toLowerCase().includes(word)).map(({ record }) => record.name);

describe('the order in which records are found', () => {
	const items = [
		item('in the text', { text: 'About billing' }),
		item('in the title', { title: 'All billing' }),
		item('in the folder', { folder: 'Shop/Billing' }),
		item('in a tag', { tags: ['BILLING eu'] }),
		item('of billing'),
		item('Billing agent'),
		item('none'),
	];

	it('is beginning of the name, name, tag or folder, title, text', () => {
		const expected = ['Billing agent', 'of billing', 'in the folder', 'in a tag', 'in the title', 'in the text'];
		assert.deepEqual(names(items, 'bill'), expected);
		assert.deepEqual(names([...items].reverse(), 'bill').sort(), [...expected].sort());
		assert.deepEqual(names([...items].reverse(), 'bill').slice(0, 2), expected.slice(0, 2));
	});

	it('is favourites, then what changed last, among equally good ones', () => {
		const equal = [
			item('old b', { updatedAt: '2026-01-01' }),
			item('new b', { updatedAt: '2026-01-03' }),
			item('star b', { updatedAt: '2026-01-02', favourite: true }),
		];
		assert.deepEqual(names(equal, 'b'), ['star b', 'new b', 'old b']);
		assert.deepEqual(names(equal, ''), ['star b', 'new b', 'old b']);
	});

	it('counts every word, and finds only what has all of them', () => {
		const several = [item('eu refunds'), item('refunds', { tags: ['eu'] }), item('refunds', { text: 'us' })];
		assert.deepEqual(names(several, ' EU  refunds '), ['eu refunds', 'refunds']);
		assert.deepEqual(names(several, 'eu us'), []);
	});

	it('finds a tag with its mark, and only in tags', () => {
		assert.deepEqual(names([item('#eu', {}), item('a', { tags: ['EU'] }), item('eu')], '#eu'), ['#eu', 'a']);
	});

	it('says which word only the text has', () => {
		const [match] = rankRecords([item('a', { text: 'b c' })], 'a c', () => true);
		assert.equal(match?.textWord, 'c');
	});

	it('reads a query of any length', () => {
		assert.ok(queryWords('x '.repeat(1_000_000)).length <= 100);
		assert.deepEqual(queryWords('  A a\tB '), ['a', 'b']);
	});
});
