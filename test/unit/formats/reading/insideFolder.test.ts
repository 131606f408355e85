import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { insideFolder } from '../../../../src/formats/reading/insideFolder.ts';

describe('a reference in a file [attack 9]', () => {
	it('is a path in its folder', () => {
		assert.equal(insideFolder('a.txt'), 'a.txt');
		assert.equal(insideFolder('./a//b/../c.txt'), 'a/c.txt');
		assert.equal(insideFolder('..\\x.csv', 'tasks/one.yaml'), 'x.csv');
		assert.equal(insideFolder('x.csv', 'tasks/one.yaml'), 'tasks/x.csv');
	});

	for (const reference of [
		'../a',
		'a/../../b',
		'/etc/passwd',
		'\\\\host\\share\\a',
		'C:\\a',
		'c:a',
		'file:///etc/passwd',
		'https://example.invalid/a',
		'a.txt:stream',
		'con. ',
		'a/\0/b',
		'',
		'.',
	]) {
		it(`does not leave it: ${JSON.stringify(reference)}`, () => {
			assert.throws(
				() => insideFolder(reference),
				(thrown) => isAppError(thrown, 'access-denied'),
			);
		});
	}
});
