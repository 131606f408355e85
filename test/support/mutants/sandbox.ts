import { mutantsOf } from './mutant.ts';

const sandboxTests = ['suites/sandbox/createSandbox'];

/** The walls and limits of the sandbox in which the code of suites runs. */
export const sandboxMutants = mutantsOf('src/suites/sandbox', 'unit', [
	{
		name: 'code runs in an untrusted workspace',
		file: 'createSandbox.ts',
		from: '!allowed()',
		to: '!allowed',
		tests: sandboxTests,
		only: 'trusted workspaces only',
	},
	{
		name: 'code has as much memory as WebAssembly allows',
		file: 'codeWorker.ts',
		from: 'maximum: mostMemory / pageSize',
		to: 'maximum: 32768',
		tests: sandboxTests,
		only: '1 GB',
	},
	{
		name: 'a module is used again after it ran out of memory',
		file: 'evaluateCode.ts',
		from: "!isInterrupted && !('fault' in outcome && outcome.fault === 'memory')",
		to: 'true',
		tests: ['suites/sandbox/evaluateCode'],
	},
	{
		name: 'nothing interrupts code',
		file: 'evaluateCode.ts',
		from: 'runtime.setInterruptHandler(isOver);',
		to: '',
		tests: ['suites/sandbox/evaluateCode'],
	},
	{
		name: 'code has the stack of QuickJS',
		file: 'evaluateCode.ts',
		from: 'runtime.setMaxStackSize(stackSize);',
		to: 'runtime.setMaxStackSize(0);',
		tests: ['suites/sandbox/evaluateCode'],
	},
	{
		name: 'a result of code may have any length',
		file: 'evaluateCode.ts',
		from: 'lengthOf(context, result) > longestResult',
		to: 'lengthOf(context, result) > Infinity',
		tests: sandboxTests,
		only: '5 million',
	},
	{
		name: 'a result of code may name a prototype',
		file: 'createSandbox.ts',
		from: "json.includes('__proto__')",
		to: 'false',
		tests: sandboxTests,
		only: 'pollutes no prototype',
	},
	{
		name: 'a worker may be busy with one job for ever',
		file: 'workerPool.ts',
		from: 'now - member.seen.at >= this.#options.limit',
		to: 'false',
		tests: ['suites/sandbox/workerPool'],
		only: 'takes too long',
	},
]);
