import { runInNewContext } from 'node:vm';
import { AppError } from '../../../src/common/errors.ts';
import type { Sandbox } from '../../../src/suites/sandbox.ts';

/** A sandbox without walls or limits, for tests of what stands on it. */
export const directSandbox: Sandbox = {
	evaluate: async (code, globals) => {
		try {
			const body = code.includes('\n') ? `(() => {${code}\n})()` : `(${code}\n)`;
			return (await runInNewContext(body, { ...globals })) as unknown;
		} catch (thrown) {
			throw new AppError('validation', String(thrown), { cause: thrown });
		}
	},
	matches: async (pattern, flags, text) => {
		try {
			return await Promise.resolve(new RegExp(pattern, flags).test(text));
		} catch (thrown) {
			throw new AppError('validation', String(thrown), { cause: thrown });
		}
	},
	dispose: () => Promise.resolve(),
};
