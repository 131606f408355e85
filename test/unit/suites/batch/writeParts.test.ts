import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../../src/disk/nodeFiles.ts';
import type { BatchOffer } from '../../../../src/providers/provider.ts';
import { openBatchFiles } from '../../../../src/suites/batch/batchFiles.ts';
import { PartsWriter } from '../../../../src/suites/batch/writeParts.ts';
import { announcedRandom } from '../../../support/random.ts';
import { ownOrigins } from '../../../support/wire/ownOrigins.ts';
import { WireServer } from '../../../support/wire/wireServer.ts';
import { projectRoot } from '../../../support/vscode/projectRoot.ts';

const runId = '11111111-1111-4111-8111-111111111111';

describe('the files of batches', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'batch-parts-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	for (const { model, maxRequests, maxBytes } of [
		{ model: 'openai/gpt-5.5', maxRequests: 50_000, maxBytes: 200_000_000 },
		{ model: 'anthropic/claude-opus-5-5', maxRequests: 100_000, maxBytes: 256_000_000 },
	]) {
		describe(`of ${model}`, () => {
			let wire: WireServer;
			let offer: BatchOffer;
			before(async () => {
				wire = await WireServer.start();
				const found = ownOrigins(wire, { maxRetries: 0 }).models.batch?.(model);
				assert.ok(found);
				offer = found;
			});
			after(() => wire.stop());

			/** Writes one request for each length of a question; the limits are those of the provider unless they are given. */
			const write = async (lengths: readonly number[], terms: Partial<BatchOffer['terms']>) => {
				const files = openBatchFiles(folder, nodeFiles);
				const writer = new PartsWriter(files, runId, 1, new AbortController().signal);
				const isWritten: boolean[] = [];
				for (const [slot, length] of lengths.entries()) {
					// Of two bytes each, so that characters are not taken for bytes.
					const content = [{ type: 'text' as const, text: 'é'.repeat(length) }];
					const request = {
						model: offer.model,
						system: '',
						messages: [{ role: 'user' as const, content }],
						thinking: 'off' as const,
						maxTokens: 10,
					};
					const limited = { ...offer, terms: { ...offer.terms, ...terms } };
					isWritten.push(await writer.add({ slot, model, request, costUsd: 0.5 }, limited));
				}
				await writer.end();
				const texts = await Promise.all(
					writer.parts.map(({ part }) => readFile(join(folder, `batch-${part}.jsonl`), 'utf8')),
				);
				const slots = texts.map((text, at) => {
					const prefix = `"${runId}-${writer.parts[at]?.part}-`;
					return text
						.split(prefix)
						.slice(1)
						.map((rest) => Number.parseInt(rest));
				});
				return { parts: writer.parts, texts, slots, isWritten };
			};

			it('has the limits of the provider', () => {
				assert.deepEqual([offer.terms.maxRequests, offer.terms.maxBytes], [maxRequests, maxBytes]);
			});

			it('are split at the number of requests, not one too early', async () => {
				const { parts, slots } = await write(Array<number>(11).fill(5), { maxRequests: 5 });
				assert.deepEqual(
					parts.map(({ requests }) => requests),
					[5, 5, 1],
				);
				assert.deepEqual(
					parts.map(({ costUsd }) => costUsd),
					[2.5, 2.5, 0.5],
				);
				assert.deepEqual(slots, [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10]]);
			});

			it('are split at the number of bytes, as full as they may be', async () => {
				const random = announcedRandom();
				const lengths = Array.from({ length: 120 }, () => Math.floor(random() * 900));
				const limit = 6_000;
				const { parts, texts, slots, isWritten } = await write(lengths, { maxBytes: limit });
				assert.ok(isWritten.every(Boolean));
				assert.ok(parts.length > 10);
				assert.deepEqual(slots.flat(), [...lengths.keys()]);
				for (const [at, text] of texts.entries()) {
					const bytes = Buffer.byteLength(text);
					assert.ok(bytes <= limit, `part ${at + 1} has ${bytes} bytes`);
					const [next = 0] = slots[at + 1] ?? [];
					// The next request would not have fitted; what frames it takes less than 400 bytes.
					assert.ok(next === 0 || bytes + 2 * (lengths[next] ?? 0) + 400 > limit, `part ${at + 1} has room`);
				}
			});

			it('leave out a request that is too large for any', async () => {
				const { isWritten, slots } = await write([10, 4_000, 20], { maxBytes: 3_000 });
				assert.deepEqual(isWritten, [true, false, true]);
				assert.deepEqual(slots, [[0, 2]]);
			});
		});
	}

	it('of 210 MB are written and found again by a process with a small heap', async function () {
		this.timeout(120_000);
		await mkdir(folder, { recursive: true });
		const child = fork(join(projectRoot, 'test/support/suites/batchPartsChild.ts'), [folder], {
			execArgv: ['--max-old-space-size=64'],
		});
		const found = await new Promise<{ peak: number; sizes: number[]; requests: number; lines: number }>(
			(resolve, reject) => {
				child.on('message', (message) => resolve(message as never));
				child.on('error', reject);
				child.on('exit', (code) => reject(new Error(`The process ended with ${code}`)));
			},
		);
		assert.equal(found.requests, 42_000);
		assert.equal(found.lines, 2_100);
		const [first = 0, second = 0, ...more] = found.sizes;
		assert.ok(first <= 200_000_000 && first > 199_990_000, String(first));
		assert.ok(second > 0 && more.length === 0);
		assert.ok(found.peak < 250, `${found.peak} MB`);
	});
});
