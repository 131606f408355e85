import assert from 'node:assert/strict';
import type { ListedVersion } from '../../../../src/common/model.ts';
import { versionTexts } from '../../../../src/host/versions/versionTexts.ts';

const now = new Date('2026-03-10T12:00:00.000Z');

function version(changes: Partial<ListedVersion> = {}): ListedVersion {
	return {
		id: 12,
		ownerKind: 'draft',
		ownerId: 1,
		contentHash: 'b',
		reason: 'save',
		author: 'user',
		label: null,
		metadata: {},
		createdAt: '2026-03-10T11:55:00.000Z',
		number: 7,
		characters: 1480,
		tokens: 370,
		previous: { id: 11, contentHash: 'a', metadata: {}, characters: 1000, tokens: 250 },
		isCurrent: false,
		testCount: 0,
		averageRating: null,
		guideTestCount: 0,
		...changes,
	};
}

const texts = (changes?: Partial<ListedVersion>) => versionTexts(version(changes), now, 'en');

describe('the texts of a version', () => {
	it('say its number, who, why, when and how much it changed', () => {
		assert.deepEqual([texts().title, ...texts().facts], ['v7', 'you', 'save', '5 min. ago', '+120 tokens']);
		assert.match(texts().tooltip, /^Version 7\nyou · save · 3\/10\/2026.*\n1,480 characters, about 370 tokens\n/);
		assert.match(texts().tooltip, /Since version 6: \+480 characters, \+120 tokens$/);
	});

	it('begin with the label, and mark the current one', () => {
		const { title, facts, tooltip } = texts({ label: 'Short', isCurrent: true });
		assert.deepEqual([title, ...facts.slice(0, 3)], ['Short', 'v7', 'current', 'you']);
		assert.match(tooltip, /^Version 7: Short\nThis is the current text\n/);
	});

	it('name every author in words', () => {
		for (const [author, word] of [
			['user', 'you'],
			['assistant', 'assistant'],
			['program', 'program'],
			['import', 'import'],
		] as const) {
			assert.equal(texts({ author }).facts[0], word);
		}
	});

	it('count fewer, one and no tokens', () => {
		const change = (tokens: number) => texts({ tokens }).facts.at(-1);
		assert.equal(change(130), '−120 tokens');
		assert.equal(change(251), '+1 token');
		assert.equal(change(250), '±0 tokens');
	});

	it('say what else differs where the text is the same, and nothing of the first', () => {
		const previous = { id: 11, contentHash: 'b', metadata: { kind: 'assistant' }, characters: 1480, tokens: 370 };
		const { facts, tooltip } = texts({ previous, metadata: { kind: 'agent' } });
		assert.equal(facts.at(-1), 'kind (assistant → agent)');
		assert.match(tooltip, /Since version 6: same text, kind \(assistant → agent\)$/);
		const first = texts({ previous: null, number: 1 });
		assert.deepEqual(first.facts, ['you', 'save', '5 min. ago']);
		assert.doesNotMatch(first.tooltip, /Since/);
	});

	it('count the tests of models with their rating, and those of the guide only where there are no others', () => {
		const tests = (changes: Partial<ListedVersion>) => texts(changes).facts.at(-1);
		assert.equal(tests({ testCount: 3, averageRating: 4.333 }), '3 tests ★4.3');
		assert.equal(tests({ testCount: 1, averageRating: 5 }), '1 test ★5');
		assert.equal(tests({ testCount: 2, guideTestCount: 1 }), '2 tests');
		assert.equal(tests({ guideTestCount: 2 }), 'guide only');
		const both = texts({ testCount: 2, guideTestCount: 1 }).tooltip;
		assert.match(both, /\n2 tests\n1 test by the guide, which is not a model$/);
	});
});
