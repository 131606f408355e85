import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireServer } from '../wire/wireServer.ts';
import { promptfooProgram, runPromptfoo } from './runPromptfoo.ts';

/**
 * Runs a suite with promptfoo against the wire server and prints its figures: its whole process, since it has no other way to
 * be run, and without its cache. Says so if PROMPTFOO_FOLDER names no folder that has it.
 */
export async function promptfooFigures(
	wire: WireServer,
	folder: string,
	{ cases, atOnce, latencyMs }: { cases: number; atOnce: number; latencyMs: number },
): Promise<void> {
	const program = promptfooProgram();
	if (program === undefined) {
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
	const start = performance.now();
	const code = await runPromptfoo(program, folder, ['-c', config, '-j', `${atOnce}`]);
	const asked = wire.requestsTo('chat');
	const span = (asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0);
	console.log(
		`  ${'promptfoo: first to last of its requests'.padEnd(60)} ${span.toFixed(0)} ms, ${asked.length} requests`,
	);
	console.log(
		`  ${'promptfoo: whole process'.padEnd(60)} ${(performance.now() - start).toFixed(0)} ms, exit code ${code}`,
	);
}
