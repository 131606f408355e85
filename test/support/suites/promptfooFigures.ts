import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireServer } from '../wire/wireServer.ts';

/**
 * Runs a suite with promptfoo against the wire server and prints its figures: its whole process, since it has no other way to
 * be run, and without its cache. Says so if PROMPTFOO_FOLDER names no folder that has it.
 */
export async function promptfooFigures(
	wire: WireServer,
	folder: string,
	{ cases, atOnce, latencyMs }: { cases: number; atOnce: number; latencyMs: number },
): Promise<void> {
	const installed = process.env['PROMPTFOO_FOLDER'];
	const main = installed && join(installed, 'node_modules/promptfoo/dist/src/entrypoint.js');
	if (main === undefined || main === '' || !existsSync(main)) {
		console.log('  promptfoo: not measured, since PROMPTFOO_FOLDER names no folder that has it');
		return;
	}
	wire.reset();
	// It does not stream.
	const answer = {
		choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
	};
	wire.always('chat', {
		headers: { 'content-type': 'application/json' },
		body: [
			{ pauseMs: latencyMs },
			JSON.stringify({ ...answer, usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }),
		],
	});
	const config = join(folder, 'promptfooconfig.json');
	const tests = Array.from({ length: cases }, (_, index) => ({ vars: { query: `Question ${index}?` } }));
	await writeFile(
		config,
		JSON.stringify({
			prompts: ['Be brief. {{query}}'],
			providers: [{ id: 'openai:chat:m', config: { apiBaseUrl: wire.baseUrl, apiKey: 'none' } }],
			defaultTest: { assert: [{ type: 'contains', value: 'Hello' }] },
			tests,
		}),
	);
	const args = [
		'eval',
		'-c',
		config,
		'-j',
		`${atOnce}`,
		'--no-cache',
		'--no-write',
		'--no-progress-bar',
		'--no-table',
	];
	const start = performance.now();
	const env = {
		...process.env,
		PROMPTFOO_DISABLE_TELEMETRY: '1',
		PROMPTFOO_DISABLE_UPDATE: '1',
		PROMPTFOO_CONFIG_DIR: folder,
	};
	const code = await new Promise<number | null>((resolve, reject) => {
		const started = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: 'ignore' });
		started.on('error', reject);
		started.on('exit', resolve);
	});
	const asked = wire.requestsTo('chat');
	const span = (asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0);
	console.log(
		`  ${'promptfoo: first to last of its requests'.padEnd(60)} ${span.toFixed(0)} ms, ${asked.length} requests`,
	);
	console.log(
		`  ${'promptfoo: whole process'.padEnd(60)} ${(performance.now() - start).toFixed(0)} ms, exit code ${code}`,
	);
}
