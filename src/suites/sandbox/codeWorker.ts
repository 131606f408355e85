import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { parentPort, workerData } from 'node:worker_threads';
import { evaluateCode, mostMemory } from './evaluateCode.ts';
import { serveJobs } from './serveJobs.ts';
import type { CodeJob, CodeOutcome, CodeWorkerData } from './startCodeWorker.ts';

const pageSize = 64 * 1024;
const pages = { initial: 256, maximum: mostMemory / pageSize };
/** Memory never shrinks. A module that has grown this far is replaced, so that no job suffers from those before it. */
const grown = mostMemory / 2;

// Entry point of a worker thread that evaluates the code of suites.
if (parentPort) {
	const { memory, wasm, limit } = workerData as CodeWorkerData;
	const wasmMemory = new WebAssembly.Memory(pages);
	const quickJs = await newQuickJSWASMModuleFromVariant(
		newVariant(variant, { wasmBinary: wasm.slice().buffer, wasmMemory }),
	);
	let spent = false;
	const run = (job: CodeJob): CodeOutcome => {
		const { outcome, isSound } = evaluateCode(quickJs, job, limit);
		spent = !isSound || wasmMemory.buffer.byteLength > grown;
		return outcome;
	};
	serveJobs(parentPort, memory, run, () => spent);
}
