import assert from 'node:assert/strict';
import { relativeTime } from '../../../src/common/relativeTime.ts';

describe('a relative time', () => {
	const now = new Date('2026-03-10T12:00:00.000Z');
	const ago = (seconds: number, locale = 'en') => relativeTime(new Date(now.getTime() - seconds * 1000), now, locale);

	it('is in the largest whole unit', () => {
		for (const [seconds, text] of [
			[0, 'now'],
			[59, 'now'],
			[60, '1 min. ago'],
			[3599, '59 min. ago'],
			[3600, '1 hr. ago'],
			[24 * 3600, 'yesterday'],
			[6 * 24 * 3600, '6 days ago'],
			[15 * 24 * 3600, '2 wk. ago'],
			[70 * 24 * 3600, '2 mo. ago'],
			[800 * 24 * 3600, '2 yr. ago'],
		] as const) {
			assert.equal(ago(seconds), text);
		}
	});

	it('is now for a time to come, because clocks differ', () => {
		assert.equal(ago(-5000), 'now');
	});

	it('is in the language of the editor', () => {
		assert.equal(ago(3600, 'de'), 'vor 1 Std.');
	});
});
