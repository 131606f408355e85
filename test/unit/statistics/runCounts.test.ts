import assert from 'node:assert/strict';
import { runCounts, type CountedVariant } from '../../../src/statistics/runCounts.ts';

const variant = (label: string, patch: Partial<CountedVariant> = {}): CountedVariant => ({
	label,
	isModel: true,
	passed: 10,
	failed: 2,
	errors: 0,
	rate: 10 / 12,
	worth: 12,
	...patch,
});

const text = (...variants: CountedVariant[]) => runCounts({ variants }, String);

describe('the counts of a run in a line', () => {
	it('stand with their interval; errors are apart', () => {
		assert.equal(text(variant('A')), '10 of 12, 55 to 95 %');
		assert.equal(text(variant('A', { errors: 1 })), '10 of 12, 55 to 95 %, 1 error');
		assert.equal(text(variant('A', { errors: 3 })), '10 of 12, 55 to 95 %, 3 errors');
	});

	it('name the answers of earlier runs among them', () => {
		assert.equal(text(variant('A', { errors: 1, reused: 3 })), '10 of 12, 55 to 95 %, 1 error, 3 of earlier runs');
	});

	it('of repeats have the interval of what they are worth', () => {
		assert.equal(text(variant('A', { passed: 30, failed: 6, worth: 12 })), '30 of 36, 55 to 95 %');
	});

	it('of a report have the interval that it gives', () => {
		const { worth: _worth, ...reported } = variant('A', { interval: [0.5, 0.75] });
		assert.equal(text(reported), '10 of 12, 50 to 75 %');
	});

	it('are alone for the built-in guide, and for runs of which the repeats are not known', () => {
		assert.equal(text(variant('A', { isModel: false })), '10 of 12');
		const { rate: _rate, worth: _worth, ...older } = variant('A');
		assert.equal(text(older), '10 of 12');
		assert.equal(text(variant('A', { passed: 0, failed: 0, rate: null })), '0 of 0');
	});

	it('of several variants name each, up to three', () => {
		assert.equal(text(variant('A'), variant('B')), 'A: 10 of 12, 55 to 95 % · B: 10 of 12, 55 to 95 %');
		assert.match(text(...['A', 'B', 'C', 'D', 'E'].map((label) => variant(label))), /C: [^·]+ · 2 more variants$/);
	});
});
