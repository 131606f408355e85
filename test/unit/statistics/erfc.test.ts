import { erfc } from '../../../src/statistics/erfc.ts';
import { normalQuantile } from '../../../src/statistics/normalQuantile.ts';
import { close } from '../../support/statistics/close.ts';

describe('the complementary error function', () => {
	// From 40 digits.
	for (const [x, expected] of [
		[-3, 1.9999779095030015],
		[-0.5, 1.5204998778130465],
		[0, 1.0],
		[1e-10, 0.999999999887162],
		[0.5, 0.4795001221869535],
		[1, 0.15729920705028513],
		[1.9999, 0.004679802092970608],
		[2, 0.004677734981047266],
		[2.5, 0.0004069520174449589],
		[5, 1.537459794428035e-12],
		[10, 2.088487583762545e-45],
		[26, 5.663192408856143e-296],
	] as const) {
		it(`of ${x}`, () => close(erfc(x), expected, { rel: 1e-13 }));
	}
});

describe('the normal quantile', () => {
	for (const [p, expected] of [
		[1e-300, -37.0470962993612],
		[1e-20, -9.262340089798407],
		[1e-6, -4.753424308822899],
		[0.0025, -2.8070337683438042],
		[0.025, -1.9599639845400543],
		[0.3, -0.5244005127080408],
		[0.84, 0.994457883209753],
		[0.975, 1.9599639845400538],
		[0.9999, 3.7190164854557084],
	] as const) {
		it(`of ${p}`, () => close(normalQuantile(p), expected, { rel: 1e-13 }));
	}
});
