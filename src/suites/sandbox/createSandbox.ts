import * as l10n from '@vscode/l10n';
import { availableParallelism } from 'node:os';
import { AppError, throwIfAborted } from '../../common/errors.ts';
import type { Sandbox } from '../sandbox.ts';
import { type CodeFault, type CodeJob, type CodeOutcome, startCodeWorker } from './startCodeWorker.ts';
import { type RegexJob, type RegexOutcome, startRegexWorker } from './startRegexWorker.ts';
import { WorkerPool } from './workerPool.ts';

export interface SandboxOptions {
	/** Loads the bytes of `@jitl/quickjs-wasmfile-release-sync/wasm`; called for every thread that is started. */
	loadWasm: () => Promise<Uint8Array>;
	/** Whether code may run, asked at every evaluation. Regular expressions always may. */
	allowed: () => boolean;
	/** Milliseconds. */
	limits?: { code?: number; regex?: number; idle?: number };
}

/** A sandbox in worker threads: QuickJS for code, V8's own engine for regular expressions. */
export function createSandbox({ loadWasm, allowed, limits = {} }: SandboxOptions): Sandbox {
	const { code: codeLimit = 2000, regex: regexLimit = 1000, idle = 10_000 } = limits;
	const faults = codeFaults(codeLimit);
	const cores = availableParallelism();
	const codePool = new WorkerPool<CodeJob, CodeOutcome>({
		start: async (memory) => startCodeWorker({ memory, wasm: await loadWasm(), limit: codeLimit }),
		most: Math.min(cores, 4),
		limit: codeLimit,
		idle,
		timedOut: () => faults.time(),
		died: (cause) => faults.broken(undefined, cause),
	});
	const regexPool = new WorkerPool<RegexJob, RegexOutcome>({
		start: startRegexWorker,
		most: Math.min(cores, 2),
		limit: regexLimit,
		idle,
		timedOut: () => invalid(l10n.t('The regular expression did not end within {0} s', seconds(regexLimit))),
		died: (cause) => invalid(l10n.t('The thread of regular expressions ended'), cause),
	});
	return {
		async evaluate(code, globals, signal) {
			throwIfAborted(signal);
			if (!allowed()) {
				throw new AppError('access-denied', l10n.t('Code of a test suite runs in trusted workspaces only'));
			}
			const outcome = await codePool.run({ code, globals: JSON.stringify(globals) }, signal);
			if ('fault' in outcome) {
				throw faults[outcome.fault](outcome.message);
			}
			return 'number' in outcome ? outcome.number : parseResult(outcome.json);
		},
		async matches(pattern, flags, text, signal) {
			const outcome = await regexPool.run({ pattern, flags, text }, signal);
			if ('message' in outcome) {
				throw invalid(outcome.message);
			}
			return outcome.isMatch;
		},
		async dispose() {
			await Promise.all([codePool.dispose(), regexPool.dispose()]);
		},
	};
}

function codeFaults(limit: number): Record<CodeFault, (message?: string, cause?: unknown) => AppError> {
	return {
		failed: (message) => invalid(l10n.t('The code failed: {0}', message ?? '')),
		time: () => invalid(l10n.t('The code did not end within {0} s', seconds(limit))),
		memory: () => invalid(l10n.t('The code took more than 64 MB of memory')),
		pending: () => invalid(l10n.t('The code waits for a promise that never settles')),
		size: () => invalid(l10n.t('The result of the code is longer than 4 million characters')),
		broken: (_message, cause) => invalid(l10n.t('The code broke the sandbox, which was replaced'), cause),
	};
}

function invalid(message: string, cause?: unknown): AppError {
	return new AppError('validation', message, { cause });
}

function seconds(milliseconds: number): string {
	return String(milliseconds / 1000);
}

/** Without properties called `__proto__`, which would become the prototype of what they are copied into. */
function parseResult(json: string | undefined): unknown {
	if (json === undefined) {
		return undefined;
	}
	return json.includes('__proto__')
		? JSON.parse(json, (key, value: unknown) => (key === '__proto__' ? undefined : value))
		: JSON.parse(json);
}
