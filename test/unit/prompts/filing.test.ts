import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import {
	checkFolder,
	checkTags,
	filingLimits,
	folderName,
	movedFolder,
	parentFolder,
} from '../../../src/prompts/filing.ts';
import { knownFolders, knownTags } from '../../../src/prompts/knownFilings.ts';
import { readFiling, readPromptMetadata } from '../../../src/prompts/promptMetadata.ts';

function refuses(check: () => unknown, field: string, message: RegExp): void {
	assert.throws(check, (error) => {
		assert.ok(isAppError(error, 'validation'), String(error));
		assert.equal(error.info.field, field);
		assert.match(error.message, message);
		return true;
	});
}

describe('the rules of tags', () => {
	it('tidy spaces and merge spellings that differ in case only; the first stays', () => {
		assert.deepEqual(checkTags(['  billing   team ', 'Billing Team', 'API', 'api', 'Größe', 'GRÖSSE', 'größe']), [
			'billing team',
			'API',
			'Größe',
			'GRÖSSE',
		]);
		assert.deepEqual(checkTags(['Cafe\u0301', 'caf\u00e9']), ['Caf\u00e9']);
	});

	it('refuse what is no tag, and say what and why', () => {
		refuses(() => checkTags(['']), 'tags', /1 to 40 characters, and "" has 0/);
		refuses(() => checkTags(['a', '   ']), 'tags', /has 0/);
		refuses(() => checkTags(['x'.repeat(41)]), 'tags', /has 41/);
		refuses(() => checkTags(['a, b']), 'tags', /comma.*"a, b"/);
		for (const separator of ['\n', '\r', '\u2028', '\0', '\x1b']) {
			refuses(() => checkTags([`a${separator}b`]), 'tags', /one line/);
		}
		refuses(() => checkTags(Array.from({ length: 21 }, (_, index) => `t${index}`)), 'tags', /at most 20.*21/);
	});

	it('take the longest and the most', () => {
		const most = Array.from({ length: filingLimits.tags }, (_, index) => `${index}`.padStart(40, 'x'));
		assert.deepEqual(checkTags(most), most);
		assert.deepEqual(checkTags([...most, ...most]), most);
	});
});

describe('the rules of folders', () => {
	it('tidy spaces; nothing at all is the top', () => {
		assert.equal(checkFolder(' Support /  Billing   EU '), 'Support/Billing EU');
		assert.equal(checkFolder(' \t'), '');
		assert.equal(checkFolder('a/b/c/d/e/f/g/h'), 'a/b/c/d/e/f/g/h');
	});

	it('refuse what is no folder, and say what and why', () => {
		for (const empty of ['/', '/a', 'a/', 'a//b', 'a/ /b']) {
			refuses(() => checkFolder(empty), 'folder', /without a name/);
		}
		refuses(() => checkFolder('a/b/c/d/e/f/g/h/i'), 'folder', /8 deep.*9 deep/);
		refuses(() => checkFolder(`a/${'x'.repeat(61)}`), 'folder', /1 to 60.*61/);
		refuses(() => checkFolder('a\nb'), 'folder', /one line/);
		refuses(() => checkFolder('a/'.repeat(100_000)), 'folder', /100001 deep/);
	});

	it('say where a folder is, and where it is after another has moved', () => {
		assert.deepEqual(['', 'a', 'a/b/c'].map(parentFolder), ['', '', 'a/b']);
		assert.deepEqual(['a', 'a/b/c'].map(folderName), ['a', 'c']);
		const moved = (folder: string, to: string) => movedFolder(folder, 'a/b', to);
		assert.deepEqual(
			['a/b', 'a/b/c', 'a/bc', 'a', 'x/a/b'].map((folder) => moved(folder, 'z')),
			['z', 'z/c', undefined, undefined, undefined],
		);
		assert.deepEqual([moved('a/b', ''), moved('a/b/c', '')], ['', 'c']);
	});
});

describe('the filing of a record that anyone may have written', () => {
	it('has only tags and folders that the rules allow', () => {
		const stored = {
			tags: ['ok', 'a,b', 'OK', 'x'.repeat(1000), 'two\nlines', ...Array.from({ length: 50 }, (_, i) => `t${i}`)],
			folder: 'a/b',
		};
		const { tags } = readPromptMetadata(stored);
		assert.equal(tags.length, filingLimits.tags);
		assert.deepEqual(tags.slice(0, 2), ['ok', 't0']);
		assert.deepEqual(readFiling(stored), { kind: 'research', tags, folder: 'a/b', favourite: false });
		for (const folder of ['a//b', 'a/'.repeat(50_000), '\u2028', ['a'], null]) {
			assert.equal(readFiling({ folder }).folder, '');
		}
	});
});

describe('the tags and folders in use', () => {
	it('are listed by name, with the folders that others are in', () => {
		const filing = (folder: string, ...tags: string[]) => ({ folder, tags });
		const filings = [filing('b/c', 'Zeta', 'v10'), filing('', 'zeta', 'v9'), filing('B'), filing('b d')];
		assert.deepEqual(knownTags(filings), [
			{ tag: 'v9', count: 1 },
			{ tag: 'v10', count: 1 },
			{ tag: 'Zeta', count: 2 },
		]);
		assert.deepEqual(knownFolders(filings), ['B', 'b', 'b/c', 'b d']);
	});
});
