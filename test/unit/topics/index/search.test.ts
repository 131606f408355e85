import assert from 'node:assert/strict';
import fc from 'fast-check';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { diversify } from '../../../../src/topics/tools/diversify.ts';
import type {
	ImportedArticle,
	OpenTopicDatabase,
	SearchOptions,
	TopicDatabase,
} from '../../../../src/topics/index/contract.ts';
import { snippets } from '../../../../src/topics/index/snippet.ts';
import { bigramsOf, queryTerms } from '../../../../src/common/searchTerms.ts';
import { topicDatabases } from '../../../../src/topics/index/topicEngine.ts';
import { toArticle } from '../../../../src/topics/sources/toArticle.ts';
import { holds } from '../../../support/fuzz.ts';

function article(title: string, body: string, more: Record<string, string> = {}): ImportedArticle {
	const made = toArticle(
		{ title, body, ...more },
		{ uri: () => `article:t/${encodeURIComponent(title)}`, sourceFile: 'f', sourceHash: body },
	);
	assert.ok(!('reason' in made));
	return made;
}

describe('searchArticles', () => {
	let sql: SqlJsStatic;
	let open: OpenTopicDatabase;
	let engine: TopicDatabase;
	const topic = (name: string) => ({ name, source: null, uriBase: name, mapping: null });
	const titles = (query: string, options: Partial<SearchOptions> = {}) =>
		engine.ask('search', 't', query, { limit: 10, ...options }).map((hit) => hit.article.title);

	before(async () => {
		sql = await initSqlJs();
		open = topicDatabases(sql);
	});

	beforeEach(() => {
		engine = open();
		engine.apply(topic('t'), {
			changed: [
				article('Battery', 'A text about cells and nothing else at all.', { publicationDate: '2026-01-01' }),
				article('Cells', 'Batteries are made of cells.', { publicationDate: '2026-02-01' }),
				article('Hydro', 'Water is pumped up a hill. A battery is not needed.', {
					publicationDate: '2026-03-01',
				}),
				article('Café', 'Straße, naïve façade, ÅNGSTRÖM.'),
				article('东京的电池储能', '新的电池在东京湾投入使用。'),
				article('太阳能', 'A text in English below a title in Chinese.'),
				article('배터리', '서울의 배터리 저장소가 문을 열었다'),
				article('ข่าวพลังงาน', 'โรงไฟฟ้าแห่งใหม่เก็บพลังงานด้วยแบตเตอรี่ลิเทียม'),
				article('ဘက်ထရီ', 'ရန်ကုန်မြို့တွင်ဘက်ထရီစက်ရုံဖွင့်သည်'),
				article('Filler one', 'Something different altogether.'),
				article('Filler two', 'Something different once more.'),
			],
			removedUris: [],
			skipped: [],
			notes: [],
		});
		engine.apply(topic('other'), {
			changed: [{ ...article('Elsewhere', 'battery battery battery'), uri: 'x:1' }],
			removedUris: [],
			skipped: [],
			notes: [],
		});
	});

	afterEach(() => engine.close());

	it('prefers the title, finds forms of a word, and stays in the topic', () => {
		assert.deepEqual(titles('battery'), ['Battery', 'Cells', 'Hydro']);
	});

	it('takes articles with all terms first, and those with any where these are too few', () => {
		assert.equal(titles('pumped battery')[0], 'Hydro');
		assert.equal(titles('pumped battery').length, 3);
		assert.deepEqual(titles('pumped battery', { match: 'all' }), ['Hydro']);
		assert.deepEqual(titles('pumped battery', { limit: 1 }), ['Hydro']);
	});

	it('finds phrases in quotes only where the words stand together', () => {
		assert.deepEqual(titles('"made of cells"'), ['Cells']);
		assert.deepEqual(titles('"cells made"'), []);
	});

	it('completes the last word while it is typed', () => {
		assert.deepEqual(titles('hyd'), []);
		assert.deepEqual(titles('hyd', { asYouType: true }), ['Hydro']);
		assert.deepEqual(titles('water hy', { asYouType: true, match: 'all' }), ['Hydro']);
		assert.deepEqual(titles('hyd ', { asYouType: true }), [], 'a finished word is not completed');
	});

	it('ranks by a word that nearly every article has, when there is no other', () => {
		engine.apply(topic('common'), {
			changed: [1, 2, 3].map((times) => ({
				...article(`Common ${times}`, 'battery '.repeat(times)),
				uri: `x:common${times}`,
			})),
			removedUris: [],
			skipped: [],
			notes: [],
		});
		engine.remove('t');
		const hits = engine.ask('search', 'common', 'battery', { limit: 3 });
		assert.deepEqual(
			hits.map((hit) => hit.article.title),
			['Common 3', 'Common 2', 'Common 1'],
		);
		assert.ok(hits.every(({ score }) => score > 0));
	});

	it('takes any number of words', () => {
		assert.ok(
			titles(Array.from({ length: 500 }, (_, at) => (at === 3 ? 'battery' : `w${at}`)).join(' ')).length > 0,
		);
	});

	it('ignores case and accents', () => {
		assert.deepEqual(titles('cafe'), ['Café']);
		assert.deepEqual(titles('ANGSTROM naive'), ['Café']);
	});

	it('finds Chinese, Japanese and Korean without spaces', () => {
		assert.deepEqual(titles('电池'), ['东京的电池储能']);
		assert.deepEqual(titles('东京湾'), ['东京的电池储能']);
		assert.deepEqual(titles('太阳'), ['太阳能']);
		assert.deepEqual(titles('배터리'), ['배터리']);
		assert.deepEqual(titles('저장소'), ['배터리']);
		assert.equal(bigramsOf('東京タワー and 京'), '東京 京タ タワ ワー 京');
		assert.equal(bigramsOf('none'), null);
	});

	it('finds Thai and Burmese inside a sentence without spaces', () => {
		assert.deepEqual(titles('แบตเตอรี่'), ['ข่าวพลังงาน']);
		assert.deepEqual(titles('ไฟฟ้า'), ['ข่าวพลังงาน']);
		assert.deepEqual(titles('စက်ရုံ'), ['ဘက်ထရီ']);
		assert.deepEqual(titles('\u0e31'), [], 'a vowel sign alone');
		assert.equal(bigramsOf('ไฟฟ้า'), 'ไฟ ฟฟ้ ฟ้า');
	});

	it('keeps to the dates', () => {
		assert.deepEqual(titles('battery', { from: '2026-02-01', until: '2026-03-01' }), ['Cells']);
	});

	it('forgets articles that were changed or removed', () => {
		engine.apply(topic('t'), {
			changed: [article('Hydro', 'Nothing of the kind.')],
			removedUris: [article('Battery', '').uri].filter(Boolean),
			skipped: [],
			notes: [],
		});
		assert.deepEqual(titles('battery'), ['Cells']);
		assert.deepEqual(titles('pumped'), []);
		engine.remove('t');
		assert.deepEqual(titles('cells'), []);
		const written = new sql.Database(engine.export());
		written.exec("INSERT INTO article_index (article_index) VALUES ('integrity-check')");
		written.close();
	});

	it('reads query syntax as words [attack 10]', () => {
		for (const hostile of [
			'battery OR NOT',
			'title:battery',
			'battery*',
			'"battery',
			'NEAR/2 battery',
			'(battery',
			"battery'; DROP TABLE articles; --",
			'battery AND',
		]) {
			assert.ok(titles(hostile).includes('Battery'), hostile);
		}
		assert.deepEqual(titles('* " : ( ) ^ -'), []);
	});

	it('never fails, whatever the text', function () {
		this.timeout(60_000);
		const odd = [
			'"',
			'*',
			'OR',
			'AND',
			'NOT',
			'NEAR/3',
			'(',
			')',
			':',
			'-',
			'\0',
			'\u{1F600}',
			'\uD800',
			'电池',
			'é',
			'ा',
			'title:',
		];
		const piece = fc.oneof(fc.constantFrom(...odd, 'battery'), fc.string({ unit: 'binary', maxLength: 8 }));
		holds(
			fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', ' '), (pieces, joint) => {
				engine.ask('search', 't', pieces.join(joint), { limit: 5 });
			}),
			{ numRuns: 200 },
		);
	});
});

describe('queryTerms', () => {
	it('drops words that say nothing, unless there are no others', () => {
		assert.deepEqual(queryTerms('What are the latest articles about battery fires?'), [['battery'], ['fires']]);
		assert.deepEqual(queryTerms('who is it'), [['who'], ['is'], ['it']]);
	});

	it('is bounded', () => {
		assert.equal(queryTerms(Array.from({ length: 500 }, (_, at) => `w${at}`).join(' ')).length, 32);
	});
});

describe('snippets', () => {
	it('shows where most terms meet, as plain text cut at words', () => {
		const text = `${'Lorem ipsum dolor. '.repeat(40)}Here the **pump** stands beside a [turbine](https://a.example). ${'Sit amet. '.repeat(60)}A pump.`;
		const snippet = snippets(['pump', 'turbine'])(text);
		assert.match(snippet, /^… .*Here the pump stands beside a turbine\. .* …$/u);
		assert.ok(snippet.length <= 250);
	});

	it('shows the opening when nothing matches, and never half a character', () => {
		assert.equal(snippets(['zebra'])('# Title\n\nShort text.'), 'Title Short text.');
		const emoji = snippets([])('\u{1F600}'.repeat(500));
		assert.doesNotMatch(emoji, /\p{Surrogate}/u);
	});

	it('ends on text that is made to be slow [attack 10]', () => {
		const snippet = snippets(['a'])(`${'[a'.repeat(200_000)}${'<a '.repeat(100_000)}`);
		assert.ok(snippet.length > 0 && snippet.length <= 250);
	});
});

describe('diversify', () => {
	const hit = (title: string, score: number, newsSource: string, category: string) => ({
		article: { ...article(title, 'x', { newsSource, category }), topic: 't' },
		score,
		snippet: '',
	});

	it('prefers other sources and categories among near-equal hits, never over clearly better ones', () => {
		const hits = [hit('a', 10, 'P', 'x'), hit('b', 9.9, 'P', 'x'), hit('c', 9.8, 'Q', 'y'), hit('d', 5, 'R', 'z')];
		assert.deepEqual(
			diversify(hits, 10).map(({ article: { title } }) => title),
			['a', 'c', 'b', 'd'],
		);
		assert.equal(diversify(hits, 2).length, 2);
		assert.deepEqual(diversify([], 5), []);
	});
});
