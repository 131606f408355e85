import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { endWord } from '../../../src/common/endWord.ts';
import type { VersionReason } from '../../../src/common/model.ts';
import type { Article } from '../../../src/common/topicModel.ts';
import { versionReasonLabel } from '../../../src/common/versionReasonLabel.ts';
import { requestsText } from '../../../src/host/kit/requestText.ts';
import { storeModeLabel } from '../../../src/host/store/storeModeLabel.ts';
import { trashKindLabel } from '../../../src/host/store/trashKindLabel.ts';
import { articleMarkdown } from '../../../src/host/topics/articleMarkdown.ts';
import { captureFormats } from '../../../src/formats/capture/all.ts';
import type { StoreStatus } from '../../../src/storage/contract.ts';
import { readMarkdown } from '../../../src/topics/sources/readMarkdown.ts';
import { readTable } from '../../../src/topics/sources/readTable.ts';
import { createFormatter } from '../../../src/webview/shared/format.ts';
import { endAnnouncement } from '../../../src/webview/shared/turnEnding.ts';
import { tooLarge } from '../../../src/lab/parseFixture.ts';
import { markTexts, unmarkTexts } from '../../support/texts.ts';

describe('texts in the display language', () => {
	afterEach(unmarkTexts);

	const blocks = [{ type: 'text' as const, id: 'a', text: 'Halb' }];
	const announcement = () => endAnnouncement({ blocks }, 'complete', createFormatter('en'));
	const refusal = () => tooLarge(21_000_000, 'a.json').message;

	it('are those of the bundle, with their values, in words, announcements and errors', () => {
		l10n.config({
			contents: {
				'cut off': 'abgeschnitten',
				'The answer is complete: {0} characters': 'Die Antwort ist vollständig, {0} Zeichen',
				'{0} is {1} MB; the limit is 20 MB': '{0}: zu groß ({1} MB)',
			},
		});
		assert.equal(endWord('truncated'), 'abgeschnitten');
		assert.equal(announcement(), 'Die Antwort ist vollständig, 4 Zeichen');
		assert.match(refusal(), /^a\.json: zu groß \(2\d(\.\d)? MB\)$/);
	});

	it('are in English where the bundle has none', () => {
		assert.equal(endWord('truncated'), 'cut off');
		assert.equal(announcement(), 'The answer is complete: 4 characters');
		assert.match(refusal(), /; the limit is 20 MB$/);
	});

	it('name every stored value that is shown: reasons of versions, modes of the store, what was deleted', () => {
		const reasons: Record<VersionReason, string> = {
			created: '«created»',
			save: '«save»',
			extract: '«extract»',
			test: '«test»',
			commit: '«commit»',
			restore: '«restore»',
			import: '«import»',
		};
		const modes: Record<StoreStatus['mode'], string> = {
			closed: '«closed»',
			owner: '«owner»',
			following: '«following»',
			'read-only': '«read-only»',
			'not-saving': '«not-saving»',
		};
		const kinds = { draft: '«draft»', result: '«result»', prompt: '«prompt»' };
		markTexts();
		const labels = <T extends string>(known: Record<T, string>, label: (value: T) => string) =>
			Object.fromEntries((Object.keys(known) as T[]).map((value) => [value, label(value)]));
		assert.deepEqual(labels(reasons, versionReasonLabel), reasons);
		assert.deepEqual(labels(modes, storeModeLabel), modes);
		assert.deepEqual(labels(kinds, trashKindLabel), kinds);
	});

	it('name what is recorded of an article, and number the requests of a document', () => {
		const article: Article = {
			topic: 'Tides',
			title: 'Harbour',
			summary: null,
			uri: 'article:t/x',
			newsSource: 'Gazette',
			publicationDate: '2026-03-02',
			category: 'Notices',
			sentiment: 'calm',
			futureSignal: null,
			timeToImpact: null,
			driverType: null,
			tags: ['sea'],
			sourceFile: 'x.md',
			body: 'Text.',
		};
		markTexts();
		const facts = articleMarkdown(article, article.uri)
			.split('\n')
			.filter((line) => line.startsWith('- '));
		assert.equal(facts.length, 7);
		assert.deepEqual(
			facts.filter((line) => !/^- «\w+»: /.test(line)),
			[],
		);
		const request = { method: 'POST', url: 'http://127.0.0.1/', headers: {}, body: '{}' };
		assert.match(requestsText([request]), /^### «Request 1 of 1»\n/);
	});

	const notes: [name: string, text: string, note: RegExp][] = [
		['a fence of four dashes', '----\ntitle: x\n----\nText.', /^«Its first lines .*: «the line above/],
		['no end', '---\ntitle: x\n\nText.', /^«Its first lines .*: «a line/],
		['too many lines', `---\ntitle: ${'x'.repeat(70_000)}\n---\nText.`, /^«Its front matter is longer/],
		[
			'lines of every kind',
			'---\nprose\ntitle: a: b\ntitle: c\ntags: [x,\n  y\nd: e: f\ng: h: i\nj: k: l\n---\nText.',
			/: «line 2 was not read», ««.*» was read as plain text», ««.*» is repeated.*», ««.*» was not read», .*«and 2 more»»$/,
		],
		['a wrong date', '---\ndate: Spring\n---\nText.', /^«Its date/],
	];
	for (const [name, text, expected] of notes) {
		it(`tell what an article’s front matter with ${name} cost`, () => {
			markTexts();
			const found = readMarkdown(text, 'x.md', { uri: () => 'article:t/x', sourceFile: 'x.md', sourceHash: '' });
			assert.match(('note' in found && found.note) || '', expected);
		});
	}

	it('tell where in a table a row is, and what of it was not read', () => {
		markTexts();
		const rowsOf = (text: string, extension: string) => {
			const table = readTable(text, extension);
			assert.ok('rows' in table);
			return table.rows.map(({ place, note, reason }) => [place, note ?? reason]);
		};
		assert.deepEqual(rowsOf('a,b\n1,2,3\n', 'csv'), [
			['«line 2»', '«It has 3 cells, the header names 2. The others were not read»'],
		]);
		assert.deepEqual(rowsOf('[1]', 'json'), [['«item 1»', '«It is not an object»']]);
		assert.deepEqual(rowsOf('{}\n1', 'jsonl'), [
			['«line 1»', undefined],
			['«line 2»', '«It is not an object»'],
		]);
	});

	it('say which text can be captured', () => {
		markTexts();
		assert.ok(captureFormats.some(({ name }) => name.startsWith('«plain text')));
	});
});
