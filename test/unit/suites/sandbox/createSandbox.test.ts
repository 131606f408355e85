import assert from 'node:assert/strict';
import { isAppError, type ErrorCode } from '../../../../src/common/errors.ts';
import type { Sandbox } from '../../../../src/suites/sandbox.ts';
import { testSandbox } from '../../../support/suites/testSandbox.ts';

const never = new AbortController().signal;

/** What is rejected, with a part of its message. */
async function refuses(promise: Promise<unknown>, message: RegExp, code: ErrorCode = 'validation'): Promise<void> {
	await assert.rejects(promise, (error) => {
		assert.ok(isAppError(error, code), String(error));
		assert.match(error.message, message);
		return true;
	});
}

describe('the sandbox', function () {
	this.timeout(30_000);
	let sandbox: Sandbox;
	/** With limits that a test can wait for: one for what must not end, one where the rest has to end on a busy machine, too. */
	let hasty: Sandbox;
	let fair: Sandbox;
	const evaluate = (code: string, globals: Record<string, unknown> = {}) => sandbox.evaluate(code, globals, never);

	before(() => {
		sandbox = testSandbox({ limits: { code: 20_000, regex: 20_000 } });
		hasty = testSandbox({ limits: { code: 300, regex: 300 } });
		fair = testSandbox({ limits: { code: 1000, regex: 1000 } });
	});

	after(async () => {
		await sandbox.dispose();
		await hasty.dispose();
		await fair.dispose();
	});

	describe('of code', () => {
		for (const [code, value] of [
			['output === "x"', true],
			['output.length + context.vars.n', 3],
			['output === "x";  ', true],
			['output === "x" // why', true],
			['true, false', false],
			['output === "x"; false', true],
			['({ pass: true, score: 0.5, reason: "r" })', { pass: true, score: 0.5, reason: 'r' }],
			['const s = "a;b"; s === "a;b"', true],
			['const a = 1; return a > 0', true],
			['let f = () => { return 3 }; f()', 3],
			['const a = 1;\nreturn a + 1', 2],
			['output === "x"\n', true],
			['// why\nreturn output', 'x'],
			['output === "x"\noutput', undefined],
			['Promise.resolve(4)', 4],
			['(async () => (await Promise.resolve(4)) + 1)()', 5],
			['await Promise.all([1, Promise.resolve(2)])', [1, 2]],
			['NaN', NaN],
			['1 / 0', Infinity],
			['({ score: NaN })', { score: null }],
			['null', null],
			['undefined', undefined],
			['() => true', undefined],
			['new Map([[1, 2]]).get(1) + new Uint8Array([1, 2]).length', 4],
			['new Set([1, 1]).size', 1],
			['new WeakMap().has({})', false],
			['new Proxy({}, { get: () => 5 }).x + Reflect.ownKeys({ a: 1 }).length', 6],
			['(() => 0).constructor("return new Set([1]).size + new Uint8Array(2).length")()', 3],
			['new M\\u0061p([[1, 2]]).size', 1],
			['/Y.s/i.test("yes") && "é".normalize("NFD").length === 2 && 2n ** 3n === 8n', true],
			['this === globalThis', true],
		] as [string, unknown][]) {
			it(`evaluates ${JSON.stringify(code)}`, async () => {
				assert.deepEqual(await evaluate(code, { output: 'x', context: { vars: { n: 2 } } }), value);
			});
		}

		for (const [code, message] of [
			['throw new Error("boom")', /SyntaxError/],
			['(() => { throw new Error("boom") })()', /failed: Error: boom$/],
			['Promise.reject(new TypeError("later"))', /failed: TypeError: later$/],
			['(() => { throw "a text" })()', /failed: a text$/],
			['(() => { throw null })()', /failed: null$/],
			['nope.nope', /nope/],
			['output.', /SyntaxError/],
			['return true', /SyntaxError/],
			['const a = 1; return a; }', /SyntaxError/],
			['10n', /BigInt/],
			['const a = {}; a.a = a; a', /circular/],
			['import("node:fs")', /could not load/],
		] as [string, RegExp][]) {
			it(`refuses ${JSON.stringify(code)}`, async () => {
				await refuses(evaluate(code, { output: 'x' }), message);
			});
		}

		it('takes any text, also with NUL, lone surrogates and __proto__', async () => {
			const globals = {
				output: '\0a\u{1f600}\ud800"`${1}\u2028',
				'odd name': JSON.parse('{"__proto__":{"a":1}}') as unknown,
			};
			assert.equal(await evaluate('output', globals), globals.output);
			assert.equal(await evaluate('globalThis["odd name"].a', globals), undefined);
		});

		it('begins every evaluation with a fresh world', async () => {
			await evaluate('globalThis.left = 1; Array.prototype.left = 1; JSON.stringify = () => "{}"');
			assert.deepEqual(await evaluate('[typeof left, [].left === undefined, JSON.stringify(1)]'), [
				'undefined',
				true,
				'1',
			]);
		});

		it('runs in trusted workspaces only, while regular expressions always run', async () => {
			const untrusted = testSandbox({ allowed: () => false });
			await refuses(untrusted.evaluate('1', {}, never), /trusted workspaces/, 'access-denied');
			assert.equal(await untrusted.matches('a', '', 'a', never), true);
			await untrusted.dispose();
		});

		it('reports that QuickJS cannot be loaded, and tries again', async () => {
			let calls = 0;
			const broken = testSandbox({
				loadWasm: () => {
					calls++;
					return Promise.reject(new Error('no such file'));
				},
			});
			await refuses(broken.evaluate('1', {}, never), /sandbox/);
			await refuses(broken.evaluate('1', {}, never), /sandbox/);
			assert.equal(calls, 2);
			await broken.dispose();
		});
	});

	describe('of code that attacks [attack 31]', () => {
		for (const [name, code, message] of [
			['an endless loop', '(() => { for (;;); })()', /did not end within 0.3 s/],
			[
				'endless recursion through promises',
				'const f = () => Promise.resolve().then(f); f()',
				/did not end|memory/,
			],
			['a catastrophic regular expression', '/^(a+)+$/.test("a".repeat(60) + "!")', /did not end/],
			[
				'a getter of its error that does not end',
				'(() => { throw { get message() { for (;;); } }; })()',
				/did not end/,
			],
			['a toJSON that does not end', '({ toJSON() { for (;;); } })', /did not end/],
			[
				'native work that no interrupt stops',
				'const a = 3n ** 4000000n; a * a * a * a * a === 1n',
				/did not end|memory|big/i,
			],
		] as [string, string, RegExp][]) {
			it(`stops ${name}`, async () => {
				await refuses(hasty.evaluate(code, {}, never), message);
				assert.equal(await sandbox.evaluate('1 + 1', {}, never), 2);
			});
		}

		for (const [name, code, message] of [
			['1 GB in one piece', 'new Uint8Array(1e9).length', /64 MB/],
			['a text of 1 GB', '"x".repeat(2 ** 30 - 30)', /64 MB/],
			['1 GB bit by bit', 'const a = []; while (true) a.push("x".repeat(1e6) + a.length)', /64 MB/],
			['deep recursion', '(function f() { return f() + 1; })()', /stack overflow/],
			['deep nesting of its result', 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; o', /stack overflow/],
			['a result of 5 million characters', '"x".repeat(5e6)', /4 million/],
			['a promise that never settles', 'new Promise(() => {})', /never settles/],
		] as [string, string, RegExp][]) {
			it(`refuses ${name}, and goes on`, async () => {
				await refuses(sandbox.evaluate(code, {}, never), message);
				assert.equal(await sandbox.evaluate('1 + 1', {}, never), 2);
			});
		}

		it('reaches nothing of Node', async () => {
			for (const name of [
				'process',
				'require',
				'fetch',
				'WebAssembly',
				'Worker',
				'setTimeout',
				'Buffer',
				'console',
			]) {
				assert.equal(await evaluate(`typeof ${name}`), 'undefined', name);
				assert.equal(
					await evaluate(`globalThis.constructor.constructor('return typeof ${name}')()`),
					'undefined',
				);
			}
			const global = 'this.constructor.constructor("return this")()';
			assert.equal(await evaluate(`${global} === globalThis && typeof ${global}.process`), 'undefined');
			assert.equal(await evaluate('new Error().stack.includes("/")'), false);
		});

		it('gives a result that pollutes no prototype', async () => {
			const result = await evaluate(
				`JSON.parse('{"pass":true,"__proto__":{"polluted":1},"a":[{"__proto__":2}]}')`,
			);
			assert.deepEqual(result, { pass: true, a: [{}] });
			assert.deepEqual(Object.assign({}, result), { pass: true, a: [{}] });
			assert.equal(({} as { polluted?: number }).polluted, undefined);
		});

		it('fails alone: others in the same worker get their results', async () => {
			const results = await Promise.allSettled(
				Array.from({ length: 60 }, (_, index) =>
					fair.evaluate(index % 20 === 7 ? '(() => { for (;;); })()' : `${index}`, {}, never),
				),
			);
			assert.deepEqual(
				results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : [])),
				[7, 27, 47],
			);
			assert.deepEqual(results[59], { status: 'fulfilled', value: 59 });
		});
	});

	describe('of regular expressions', () => {
		it('matches as JavaScript does, with flags', async () => {
			assert.equal(await sandbox.matches('^b', '', 'a\nb', never), false);
			assert.equal(await sandbox.matches('^b', 'm', 'a\nb', never), true);
			assert.equal(await sandbox.matches('(?i:YES)', '', 'yes', never), true);
			assert.equal(await sandbox.matches('a', 'gy', 'ba', never), false);
		});

		it('refuses an invalid one [attack 10]', async () => {
			await refuses(sandbox.matches('(', '', 'a', never), /Unterminated group/);
			await refuses(sandbox.matches('a', 'qq', 'a', never), /flags/);
		});

		it('stops one that does not end, and only that one [attack 10] [attack 31]', async () => {
			const text = `${'a'.repeat(60)}!`;
			const results = await Promise.allSettled([
				fair.matches('!$', '', text, never),
				fair.matches('^(a+)+$', '', text, never),
				...Array.from({ length: 40 }, () => fair.matches('^a+!$', '', text, never)),
			]);
			const [first, second, ...others] = results;
			assert.deepEqual(first, { status: 'fulfilled', value: true });
			assert.ok(others.every((result) => result.status === 'fulfilled' && result.value));
			assert.equal(second?.status, 'rejected');
			await refuses(hasty.matches('(x+x+)+y', '', 'x'.repeat(60), never), /did not end within 0.3 s/);
		});
	});

	it('stops waiting at once on a signal', async () => {
		const stop = new AbortController();
		const endless = sandbox.evaluate('(() => { for (;;); })()', {}, stop.signal);
		const many = Array.from({ length: 200 }, () => sandbox.matches('a', '', 'a', stop.signal));
		stop.abort();
		for (const promise of [endless, ...many, sandbox.evaluate('1', {}, stop.signal)]) {
			await refuses(promise, /Cancelled/, 'cancelled');
		}
	});

	it('lets a disposed one reject what is open and what comes', async () => {
		const disposed = testSandbox();
		const open = [disposed.evaluate('1', {}, never), disposed.matches('a', '', 'a', never)];
		const settled = Promise.allSettled(open);
		await disposed.dispose();
		for (const result of await settled) {
			assert.ok(result.status === 'rejected' && isAppError(result.reason, 'cancelled'));
		}
		await refuses(disposed.matches('a', '', 'a', never), /Cancelled/, 'cancelled');
	});
});
