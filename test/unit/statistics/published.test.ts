import assert from 'node:assert/strict';
import { bootstrapInterval } from '../../../src/statistics/bootstrapInterval.ts';
import { clusterRobustMean } from '../../../src/statistics/clusterRobustMean.ts';
import { cohenKappa } from '../../../src/statistics/cohenKappa.ts';
import { confidenceSequence } from '../../../src/statistics/confidenceSequence.ts';
import { krippendorffAlpha, type MeasurementLevel } from '../../../src/statistics/krippendorffAlpha.ts';
import { mcnemar } from '../../../src/statistics/mcnemar.ts';
import { newcombePaired, type PairedTable } from '../../../src/statistics/newcombePaired.ts';
import { studentQuantile } from '../../../src/statistics/studentQuantile.ts';
import { close } from '../../support/statistics/close.ts';
import { oracles } from '../../support/statistics/oracles.ts';

type Limits = { lower: number; upper: number };

describe('published numbers: mcnemar', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ variant: 'exact' | 'mid-p'; b: number; c: number },
		{ p: number }
	>('mcnemar')) {
		it(`${id}: ${inputs.variant} of ${inputs.b}, ${inputs.c}`, () => {
			const { exact, midP } = mcnemar(inputs.b, inputs.c);
			close(inputs.variant === 'exact' ? exact : midP, outputs.p, tolerance);
		});
	}

	it('the mid-p value of an even split is 1, and many cases do not overflow', () => {
		assert.equal(mcnemar(10, 10).midP.toFixed(9), '1.000000000');
		close(mcnemar(5_100, 4_900).exact, 0.046585527704947, { rel: 1e-8 });
	});
});

describe('published numbers: paired-difference', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<PairedTable, Limits & { difference: number }>(
		'paired-difference',
	)) {
		it(id, () => {
			const { difference, low, high } = newcombePaired(inputs);
			close(difference, outputs.difference, tolerance);
			close(low, outputs.lower, tolerance);
			close(high, outputs.upper, tolerance);
			const swapped = newcombePaired({ ...inputs, onlyFirst: inputs.onlySecond, onlySecond: inputs.onlyFirst });
			close(swapped.low, -outputs.upper, tolerance);
		});
	}
});

describe('published numbers: kappa', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ table: number[][] },
		Limits & { kappa: number; standardError: number }
	>('kappa')) {
		it(id, () => {
			const found = cohenKappa(inputs.table);
			close(found?.kappa ?? NaN, outputs.kappa, tolerance);
			close(found?.standardError ?? NaN, outputs.standardError, tolerance);
			close(found?.low ?? NaN, outputs.lower, tolerance);
			close(found?.high ?? NaN, outputs.upper, tolerance);
		});
	}

	it('complete agreement has an interval, one category has no kappa', () => {
		const found = cohenKappa([
			[10, 0],
			[0, 20],
		]);
		assert.ok(found && found.kappa === 1 && found.high === 1 && found.low > 0.5 && found.low < 0.9);
		assert.equal(
			cohenKappa([
				[10, 0],
				[0, 0],
			]),
			null,
		);
	});
});

describe('published numbers: krippendorff-alpha', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ level: MeasurementLevel; units: (number | null)[][] },
		{ alpha: number }
	>('krippendorff-alpha')) {
		it(id, () => {
			const found = krippendorffAlpha(inputs.units, inputs.level);
			const isConstant = new Set(inputs.units.flat().filter((rating) => rating !== null)).size === 1;
			// Agreement on the only rating there is cannot be computed; others say 1 by convention.
			return isConstant ? assert.equal(found, null) : close(found ?? NaN, outputs.alpha, tolerance);
		});
	}
});

describe('published numbers: student-t-quantile', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<{ p: number; df: number }, { t: number }>(
		'student-t-quantile',
	)) {
		it(id, () => {
			close(studentQuantile(inputs.p, inputs.df), outputs.t, tolerance);
			close(studentQuantile(1 - inputs.p, inputs.df), -outputs.t, tolerance);
		});
	}
});

describe('published numbers: cluster-standard-error', () => {
	const known: Record<string, { values: number[]; clusters: number[] }> = {
		'cluster-standard-error-04': {
			values: Array.from({ length: 200 }, (_, index) => index % 5),
			clusters: Array.from({ length: 200 }, (_, index) => (index < 180 ? 0 : index)),
		},
	};
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ values: number[]; clusters?: number[] },
		Partial<Limits> & { standardError?: number; clusteredFiniteCorrection?: number }
	>('cluster-standard-error')) {
		it(id, () => {
			const { values, clusters = inputs.values.map((_, index) => index) } = known[id] ?? inputs;
			const found = clusterRobustMean(values, clusters);
			assert.ok(found);
			close(found.standardError, outputs.clusteredFiniteCorrection ?? outputs.standardError ?? NaN, tolerance);
			close(found.low, outputs.lower ?? found.low, tolerance);
			close(found.high, outputs.upper ?? found.high, tolerance);
			assert.equal(found.degreesOfFreedom, new Set(clusters).size - 1);
		});
	}

	it('one cluster has no error', () => assert.equal(clusterRobustMean([0, 1, 1], ['a', 'a', 'a']), null));
});

describe('published numbers: bootstrap-interval', () => {
	for (const { id, inputs, outputs } of oracles<
		{ method: 'percentile' | 'basic'; values: number[] },
		Limits & { estimate: number }
	>('bootstrap-interval')) {
		it(id, () => {
			const { method } = inputs;
			const found = bootstrapInterval(inputs.values, { method, seed: 7, resamples: 50_000 });
			close(found.estimate, outputs.estimate, { abs: 1e-9 });
			close(found.low, outputs.lower, { rel: 0.02 });
			close(found.high, outputs.upper, { rel: 0.02 });
			assert.deepEqual(found, bootstrapInterval(inputs.values, { method, seed: 7, resamples: 50_000 }));
		});
	}
});

describe('published numbers: always-valid', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ successes: number; trials: number; tOpt: number },
		Limits
	>('always-valid')) {
		it(id, () => {
			const { low, high } = confidenceSequence(inputs.successes, inputs.trials, { tunedFor: inputs.tOpt });
			close(low, outputs.lower, tolerance);
			close(high, outputs.upper, tolerance);
		});
	}

	it('rules nothing out before the first answer', () =>
		assert.deepEqual(confidenceSequence(0, 0), { low: 0, high: 1 }));
});
