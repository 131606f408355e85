import assert from 'node:assert/strict';
import { findingsOf } from '../../../../support/lintCase.ts';

const tokens = (count: number) => 'word'.repeat(count);
const found = (text: string, contextTokens?: number) =>
	findingsOf('too-long', text, { contextTokens }).map(({ severity, message }) => [
		severity,
		/\d[\d,]* (?:tokens|%)/.exec(message)?.[0],
	]);

describe('too-long', () => {
	it('mentions a prompt that is long for any model', () => {
		assert.deepEqual(found(tokens(40_000)), [['information', '40,000 tokens']]);
		assert.deepEqual(found(tokens(30_000)), []);
	});

	it('compares with the context of the model where it is known', () => {
		assert.deepEqual(found(tokens(3_000), 8_000), [['information', '3,000 tokens']]);
		assert.match(findingsOf('too-long', tokens(3_000), { contextTokens: 8_000 })[0]?.message ?? '', /38 %/);
		assert.deepEqual(found(tokens(9_000), 8_000), [['warning', '9,000 tokens']]);
		assert.deepEqual(found(tokens(40_000), 1_000_000), []);
		assert.deepEqual(found(tokens(1_500), 8_000), []);
	});

	it('says that only a part of a huge prompt is checked', () => {
		const [finding] = findingsOf('too-long', tokens(1_250_000), { contextTokens: 100_000_000 });
		assert.match(finding?.message ?? '', /about 1,250,000 tokens: only its first 400,000 characters are checked/);
	});
});
