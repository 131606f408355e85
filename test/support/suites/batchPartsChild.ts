import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import type { BatchOffer } from '../../../src/providers/provider.ts';
import { openBatchFiles } from '../../../src/suites/batch/batchFiles.ts';
import { RequestPlaces } from '../../../src/suites/batch/requestPlaces.ts';
import { PartsWriter } from '../../../src/suites/batch/writeParts.ts';
import { runIdOf } from './storedTrial.ts';

// node batchPartsChild.ts <folder>: writes 42,000 requests of 5 KB within OpenAI's limits, finds them again, and tells the peak of
// its resident memory in MB.
const [folder = ''] = process.argv.slice(2);
const runId = runIdOf(1);
const question = 'Where is my parcel? '.repeat(250);
const offer = {
	provider: 'openai',
	model: 'm',
	origin: 'https://api.openai.com',
	terms: { maxRequests: 50_000, maxBytes: 200_000_000 },
	open: async () => ({
		framing: { start: '', between: '\n', end: '\n' },
		encoder: async () => (id: string) => JSON.stringify({ custom_id: id, body: question }),
	}),
} as unknown as BatchOffer;
const files = openBatchFiles(folder, nodeFiles);
const writer = new PartsWriter(files, runId, 1, new AbortController().signal);
for (let slot = 0; slot < 42_000; slot++) {
	const request = { model: 'm', system: '', messages: [], thinking: 'off' as const, maxTokens: 1 };
	await writer.add({ slot, model: 'openai/m', request, costUsd: 0 }, offer);
}
await writer.end();
const places = new RequestPlaces();
let lines = 0;
for (const { part } of writer.parts) {
	const file = await files.open(part);
	await places.scan(file, part, runId);
	for (const slot of places.open(part).filter((one) => one % 20 === 0)) {
		const { custom_id: id } = JSON.parse(await places.line(file, slot)) as { custom_id: string };
		lines += id === `${runId}-${part}-${slot}` ? 1 : 0;
	}
	await file.close();
}
const sizes = await Promise.all(
	writer.parts.map(async ({ part }) => (await stat(join(folder, `batch-${part}.jsonl`))).size),
);
const requests = writer.parts.reduce((sum, one) => sum + one.requests, 0);
process.send?.({ peak: process.resourceUsage().maxRSS / 1024, sizes, requests, lines });
process.disconnect?.();
