import variant from '@jitl/quickjs-wasmfile-release-sync';
import assert from 'node:assert/strict';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import { evaluateCode, mostMemory } from '../../../../src/suites/sandbox/evaluateCode.ts';

describe('code in a module of QuickJS [attack 31]', function () {
	this.timeout(30_000);
	let quickJs: QuickJSWASMModule;
	const evaluate = (code: string, limit = 20_000) => evaluateCode(quickJs, { code, globals: '{}' }, limit);

	beforeEach(async () => {
		const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum: mostMemory / 65_536 });
		quickJs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
	});

	it('leaves the module sound after values and errors, without a leak', () => {
		evaluate('const o = {}; o.o = o; Promise.reject(o); new Promise(() => o)');
		const before = quickJs.getWasmMemory().buffer.byteLength;
		for (let index = 0; index < 500; index++) {
			assert.deepEqual(evaluate('const a = Array(1e4).fill({}); a.a = a; a.length'), {
				outcome: { number: 10_000 },
				isSound: true,
			});
			assert.equal(evaluate('(() => { throw new Error("x") })()').isSound, true);
			assert.equal(evaluate('new Promise(() => {})').isSound, true);
		}
		assert.equal(quickJs.getWasmMemory().buffer.byteLength, before);
	});

	it('interrupts loops at the limit, and gives the module up', () => {
		for (const code of ['(() => { for (;;); })()', 'const f = async () => { await 1; await f(); }; f()']) {
			const start = performance.now();
			assert.deepEqual(evaluate(code, 50), { outcome: { fault: 'time' }, isSound: false });
			assert.ok(performance.now() - start < 10_000);
		}
	});

	it('gives the module up when it ran out of memory', () => {
		assert.deepEqual(evaluate('new Uint8Array(1e9).length'), { outcome: { fault: 'memory' }, isSound: false });
	});

	it('reports deep recursion of any kind, and goes on', () => {
		for (const code of [
			'(function f() { return f() + 1; })()',
			'const f = () => [...f()]; f()',
			'class A { get a() { return this.a; } }\nreturn new A().a',
			'const a = []; a.toString = () => String(a); String(a)',
			'JSON.parse("[".repeat(1e5))',
			'new RegExp("(".repeat(1e5) + ")".repeat(1e5))',
		]) {
			const { outcome, isSound } = evaluate(code);
			assert.ok('message' in outcome && /stack overflow|SyntaxError/.test(outcome.message ?? ''), code);
			assert.equal(isSound, true, code);
			assert.deepEqual(evaluate('1').outcome, { number: 1 });
		}
	});

	it('gives the module up when the runtime cannot be freed', () => {
		// QuickJS' parser leaks when it runs out of stack, and its runtime then refuses to end.
		assert.deepEqual(evaluate('eval("(".repeat(1e5))'), { outcome: { fault: 'broken' }, isSound: false });
	});
});
