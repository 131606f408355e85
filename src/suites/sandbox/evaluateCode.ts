import {
	DefaultIntrinsics,
	type Intrinsics,
	type QuickJSContext,
	type QuickJSHandle,
	type QuickJSRuntime,
	type QuickJSWASMModule,
	Scope,
} from 'quickjs-emscripten-core';
import { codeSource } from './codeSource.ts';
import type { CodeJob, CodeOutcome } from './startCodeWorker.ts';

/** Bytes. QuickJS' own limit does not hold, but it cannot have more than its WebAssembly memory. */
export const mostMemory = 64 * 1024 * 1024;
/** Bytes. Without a limit, or with 128 KB and more, deep recursion overflows the stack of the host and breaks the module. */
const stackSize = 64 * 1024;
/** UTF-16 code units. */
const longestResult = 4 * 1024 * 1024;
/** Of messages: what is read, and what is kept. */
const longestRead = 100_000;
const longestMessage = 300;
/** Jobs of promises between two looks at the clock. */
const jobsAtOnce = 1000;

/**
 * Half of the time that a context takes goes into these globals, so only code that may name one gets it. Code that can make
 * code gets all.
 */
const namesOf = {
	TypedArrays: /Array\b|ArrayBuffer|DataView|Atomics/,
	MapSet: /Map|Set|Weak|groupBy/,
	Proxy: /Proxy|Reflect/,
};
const makesCode = /eval|Function|constructor|globalThis|\\/;

function intrinsicsFor(code: string): Intrinsics {
	const has = (names: RegExp) => names.test(code) || makesCode.test(code);
	return {
		...DefaultIntrinsics,
		TypedArrays: has(namesOf.TypedArrays),
		MapSet: has(namesOf.MapSet),
		Proxy: has(namesOf.Proxy),
	};
}

class TimeUp extends Error {}

/**
 * Evaluates code in a runtime of its own, which is gone afterwards. `isSound` is false if the module must not be used again:
 * it ran out of memory, was interrupted or broke.
 */
export function evaluateCode(
	quickJs: QuickJSWASMModule,
	job: CodeJob,
	limit: number,
): { outcome: CodeOutcome; isSound: boolean } {
	const deadline = performance.now() + limit;
	let isInterrupted = false;
	const isOver = () => (isInterrupted ||= performance.now() > deadline);
	try {
		const outcome = Scope.withScope((scope) => {
			const runtime = scope.manage(quickJs.newRuntime());
			runtime.setMaxStackSize(stackSize);
			runtime.setInterruptHandler(isOver);
			const context = scope.manage(runtime.newContext({ intrinsics: intrinsicsFor(job.code) }));
			return evaluateIn({ scope, runtime, context, isOver }, job);
		});
		const isSound = !isInterrupted && !('fault' in outcome && outcome.fault === 'memory');
		return { outcome: isInterrupted ? { fault: 'time' } : outcome, isSound };
	} catch (thrown) {
		// Whatever comes through here, also while the runtime is freed, leaves the module in an unknown state.
		const isFull = quickJs.getWasmMemory().buffer.byteLength >= mostMemory;
		const fault = isInterrupted || thrown instanceof TimeUp ? 'time' : isFull ? 'memory' : 'broken';
		return { outcome: { fault }, isSound: false };
	}
}

interface World {
	scope: Scope;
	runtime: QuickJSRuntime;
	context: QuickJSContext;
	isOver: () => boolean;
}

type Settled = { value: QuickJSHandle } | { error: QuickJSHandle } | 'pending';

function evaluateIn(world: World, { code, globals }: CodeJob): CodeOutcome {
	const { scope, context } = world;
	// Gives `JSON.stringify`, before the code can replace it.
	const begin = scope.manage(
		context.unwrapResult(
			context.evalCode('(json) => { Object.assign(globalThis, JSON.parse(json)); return JSON.stringify; }'),
		),
	);
	const begun = context.callFunction(begin, context.undefined, scope.manage(context.newString(globals)));
	if (begun.error) {
		return faultOf(context, scope.manage(begun.error));
	}
	const stringify = scope.manage(begun.value);
	let settled: Settled = 'pending';
	for (const source of codeSource(code)) {
		settled = run(world, source);
		if (settled === 'pending' || 'value' in settled || nameOf(context, settled.error) !== 'SyntaxError') {
			break;
		}
	}
	if (settled === 'pending') {
		return { fault: 'pending' };
	}
	return 'error' in settled ? faultOf(context, settled.error) : outcomeOf(world, settled.value, stringify);
}

/** Runs a script, and waits for its value if that is a promise. */
function run({ scope, runtime, context, isOver }: World, source: string): Settled {
	const started = context.evalCode(source, 'code');
	if (started.error) {
		return { error: scope.manage(started.error) };
	}
	const value = scope.manage(started.value);
	if (context.typeof(value) !== 'object') {
		return { value };
	}
	while (runtime.hasPendingJob()) {
		runtime.executePendingJobs(jobsAtOnce).dispose();
		if (isOver()) {
			throw new TimeUp();
		}
	}
	const state = context.getPromiseState(value);
	switch (state.type) {
		case 'pending':
			return 'pending';
		case 'fulfilled':
			return { value: state.notAPromise ? value : scope.manage(state.value) };
		case 'rejected':
			return { error: scope.manage(state.error) };
	}
}

function outcomeOf({ scope, context }: World, value: QuickJSHandle, stringify: QuickJSHandle): CodeOutcome {
	switch (context.typeof(value)) {
		case 'number':
			return { number: context.getNumber(value) };
		case 'boolean':
			return { json: String(context.sameValue(value, context.true)) };
	}
	const stringified = context.callFunction(stringify, context.undefined, value);
	if (stringified.error) {
		return faultOf(context, scope.manage(stringified.error));
	}
	const result = scope.manage(stringified.value);
	if (context.typeof(result) !== 'string') {
		return {};
	}
	return lengthOf(context, result) > longestResult ? { fault: 'size' } : { json: context.getString(result) };
}

/** Reads only texts, and no more of them than is shown: an error is made by the code and may be anything. */
function faultOf(context: QuickJSContext, error: QuickJSHandle): CodeOutcome {
	const name = nameOf(context, error);
	const message = isObject(context, error) ? textOf(context, error, 'message') : primitiveText(context, error);
	if (name === 'InternalError' && message === 'out of memory') {
		return { fault: 'memory' };
	}
	return { fault: 'failed', message: [name, message].filter((part) => part !== '').join(': ') };
}

function nameOf(context: QuickJSContext, error: QuickJSHandle): string {
	return isObject(context, error) ? textOf(context, error, 'name') : '';
}

function isObject(context: QuickJSContext, value: QuickJSHandle): boolean {
	return context.typeof(value) === 'object' && !context.sameValue(value, context.null);
}

function textOf(context: QuickJSContext, object: QuickJSHandle, key: string): string {
	return context.getProp(object, key).consume((text) => primitiveText(context, text));
}

function primitiveText(context: QuickJSContext, value: QuickJSHandle): string {
	switch (context.typeof(value)) {
		case 'string':
			return lengthOf(context, value) > longestRead ? '…' : context.getString(value).slice(0, longestMessage);
		case 'number':
			return String(context.getNumber(value));
		default:
			return context.sameValue(value, context.null) ? 'null' : context.typeof(value);
	}
}

function lengthOf(context: QuickJSContext, text: QuickJSHandle): number {
	return context.getProp(text, 'length').consume((length) => context.getNumber(length));
}
