import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createSandbox, type SandboxOptions } from '../../../src/suites/sandbox/createSandbox.ts';
import type { Sandbox } from '../../../src/suites/sandbox.ts';

const wasm = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');

/** The product's sandbox, with QuickJS from its package. Dispose it. */
export function testSandbox(options: Partial<SandboxOptions> = {}): Sandbox {
	return createSandbox({ loadWasm: () => readFile(wasm), allowed: () => true, ...options });
}
