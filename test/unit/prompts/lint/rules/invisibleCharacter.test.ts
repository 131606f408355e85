import assert from 'node:assert/strict';
import { findingsOf, fixed } from '../../../../support/lintCase.ts';

describe('invisible-character', () => {
	it('finds what cannot be seen, with the direction marks as errors, and leaves joined emoji and words alone [attack 9]', () => {
		const text = 'a\u200bb \u202eevil\u202c \u{e0041} \ud800 👩‍💻 می‌خواهم 👍🏽‍';
		assert.deepEqual(
			findingsOf('invisible-character', text).map(
				({ message, severity }) => `${severity} ${/U\+\w+/.exec(message)?.[0]}`,
			),
			['warning U+200B', 'error U+202E', 'error U+202C', 'warning U+E0041', 'warning U+D800', 'warning U+200D'],
		);
	});

	it('accepts a byte order mark at the start', () => {
		assert.deepEqual(findingsOf('invisible-character', '\ufeffText'), []);
	});

	it('removes the character', () => {
		assert.equal(fixed('invisible-character', 'a\u200bb'), 'ab');
	});
});
