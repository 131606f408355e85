import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { checkTopicName } from '../../../src/common/topicName.ts';

describe('checkTopicName', () => {
	it('gives the name without the spaces around it', () => {
		assert.equal(checkTopicName('  Energy news '), 'Energy news');
		assert.equal(checkTopicName('x'.repeat(100)), 'x'.repeat(100));
	});

	for (const [name, reason] of [
		['', /has 0/],
		['   ', /has 0/],
		['x'.repeat(101), /has 101/],
		['two\nlines', /one line/],
		['bell\u0007', /control characters/],
		['General', /topic without articles/],
		['general', /topic without articles/],
		[' GENERAL ', /topic without articles/],
		['__prompt_workshop__', /design chats/],
		[5, /must be text, and is a number/],
		[null, /must be text, and is null/],
	] as const) {
		it(`refuses ${JSON.stringify(name)}`, () => {
			assert.throws(
				() => checkTopicName(name),
				(error) => isAppError(error, 'validation') && error.info.field === 'name' && reason.test(error.message),
			);
		});
	}
});
