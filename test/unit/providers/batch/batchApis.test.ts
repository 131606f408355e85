import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { turnText } from '../../../../src/common/turn.ts';
import type { BatchApi, Models } from '../../../../src/providers/provider.ts';
import { batchFile, entriesOf, never, offerOf, runId } from '../../../support/wire/batchFile.ts';
import { ownOrigins } from '../../../support/wire/ownOrigins.ts';
import { canaryKey, wiredModels } from '../../../support/wire/wiredModels.ts';
import { WireServer } from '../../../support/wire/wireServer.ts';

const providers = [
	{ api: 'openai', id: 'openai/gpt-5.5', live: (10 * 5 + 5 * 30) / 1e6 },
	{ api: 'anthropic', id: 'anthropic/claude-opus-5-5', live: (10 * 4 + 5 * 20) / 1e6 },
] as const;

for (const { api: kind, id, live } of providers) {
	describe(`The batch API of ${kind}`, () => {
		let wire: WireServer;
		let models: Models;
		let refused: string[];
		let api: BatchApi;
		const name = id.slice(id.indexOf('/') + 1);
		before(async () => {
			wire = await WireServer.start();
		});
		beforeEach(async () => {
			wire.reset();
			({ models, refused } = ownOrigins(wire));
			api = await offerOf(models, id).open();
		});
		after(() => wire.stop());

		/** The same batch at the server. */
		const only = () => {
			const [batch, ...others] = wire.batch.batches;
			assert.ok(batch);
			assert.equal(others.length, 0);
			return batch;
		};

		it('sends the requests as they would be sent alone, without streaming', async () => {
			const submitted = await api.submit(await batchFile(api, name, 3), never);
			const batch = only();
			assert.equal(submitted, batch.id);
			assert.deepEqual(
				batch.lines.map((line) => line.custom_id),
				[0, 1, 2].map((index) => `${runId}-1-${index}`),
			);
			const body = batch.lines[1]?.body as Record<string, unknown>;
			assert.equal(body['model'], name);
			assert.ok(!('stream' in body));
			assert.ok(JSON.stringify(body).includes('q1') && JSON.stringify(body).includes('Be brief.'));
			assert.ok(wire.batch.calls.every(({ key }) => key === `Bearer ${canaryKey}`));
		});

		it('shows the exact request of a line without the key', async () => {
			const { lines } = await batchFile(api, name, 1);
			const sent = (await api.describer(never))(lines[0] ?? '');
			await api.submit(await batchFile(api, name, 1), never);
			assert.deepEqual(JSON.parse(sent.body), only().lines[0]?.body);
			assert.equal(new URL(sent.url).pathname, kind === 'openai' ? '/v1/responses' : '/v1/messages');
			assert.ok(!JSON.stringify(sent).includes(canaryKey));
			assert.equal(sent.headers['authorization'], 'Bearer ***');
		});

		it('tells answers, refusals, expired and cancelled requests apart, at half the price', async () => {
			wire.batch.reply = (customId) =>
				({
					[`${runId}-1-0`]: 'Yes.' as const,
					[`${runId}-1-1`]: {
						error: { status: 400, type: 'invalid_request_error', message: 'No such field' },
					},
					[`${runId}-1-2`]: { expired: true as const },
					[`${runId}-1-3`]: { cancelled: true as const },
				})[customId] ?? 'Other.';
			const batch = await api.submit(await batchFile(api, name, 5), never);
			assert.equal((await api.status(batch, never)).hasEnded, false);
			wire.batch.finish();
			assert.deepEqual(await api.status(batch, never), { hasEnded: true, done: 5 });
			const entries = new Map((await entriesOf(api, batch, name)).map((entry) => [entry.id, entry]));
			const at = (index: number) => entries.get(`${runId}-1-${index}`);
			assert.deepEqual(
				[0, 1, 2, 3, 4].map((index) => at(index)?.outcome),
				['answered', 'errored', 'expired', 'cancelled', 'answered'],
			);
			const turn = at(0)?.turn;
			assert.ok(turn);
			assert.equal(turnText(turn), 'Yes.');
			assert.equal(turn.stopReason, 'stop');
			assert.equal(turn.usage?.inputTokens, 10);
			assert.equal(turn.usage?.costUsd, live / 2);
			assert.match(at(1)?.turn.error?.message ?? '', /No such field/);
			assert.deepEqual(
				[2, 3].map((index) => at(index)?.turn.error?.code),
				['overloaded', 'cancelled'],
			);
			assert.ok([2, 3].every((index) => at(index)?.turn.error?.retryable));
			assert.equal(at(2)?.turn.usage, undefined);
		});

		it('does not state a cost at another address', async () => {
			const offer = offerOf(wiredModels(wire), id);
			assert.equal(offer.priceShare, undefined);
			const elsewhere = await offer.open();
			const batch = await elsewhere.submit(await batchFile(elsewhere, name, 1), never);
			wire.batch.finish();
			const [entry] = await entriesOf(elsewhere, batch, name);
			assert.equal(entry?.turn.usage?.inputTokens, 10);
			assert.equal(entry?.turn.usage?.costUsd, undefined);
		});

		it('leaves out lines that are no results and passes on the others, whatever their order', async () => {
			wire.batch.shuffle = (lines) => ['not JSON', '{}', ...lines.toReversed(), lines[0] ?? '', '', '[1]'];
			const batch = await api.submit(await batchFile(api, name, 3), never);
			wire.batch.finish();
			const ids = (await entriesOf(api, batch, name)).map((entry) => entry.id);
			assert.deepEqual(
				ids,
				[2, 1, 0, 0].map((index) => `${runId}-1-${index}`),
			);
		});

		it('turns a result without an answer into an error', async () => {
			const body =
				kind === 'openai'
					? { response: { status_code: 200, body: { odd: 1 } } }
					: { result: { type: 'succeeded', message: { odd: 1 } } };
			wire.batch.reply = (customId) => ({ line: JSON.stringify({ custom_id: customId, ...body }) });
			const batch = await api.submit(await batchFile(api, name, 1), never);
			wire.batch.finish();
			const [entry] = await entriesOf(api, batch, name);
			assert.deepEqual([entry?.outcome, entry?.turn.error?.code], ['errored', 'bad-response']);
		});

		it('finds a batch whose submission got no answer, and none if it did not arrive', async () => {
			const since = Date.now();
			const file = await batchFile(api, name, 4);
			wire.batch.fail('create', 'before');
			await assert.rejects(api.submit(file, never), (error) => isAppError(error, 'network'));
			assert.equal(await api.find(file, since, new Set(), never), undefined);
			wire.batch.fail('create', 'after');
			await assert.rejects(api.submit(file, never), (error) => isAppError(error, 'network'));
			const { id: submitted } = only();
			const found = await api.find(file, since, new Set(), never);
			assert.deepEqual(found, { id: submitted, isCertain: kind === 'openai' });
			assert.equal(await api.find(file, since, new Set([submitted]), never), undefined);
			wire.batch.finish();
			assert.deepEqual(await api.find(file, since, new Set(), never), { id: submitted, isCertain: true });
		});

		it('does not take a batch of somebody else for ours', async () => {
			const file = await batchFile(api, name, 4);
			wire.batch.addForeign(kind, 4);
			wire.batch.addForeign(kind, 5);
			const since = Date.now();
			wire.batch.finish();
			assert.equal(await api.find(file, since, new Set(), never), undefined);
			const ours = await api.submit(file, never);
			wire.batch.addForeign(kind, 4);
			wire.batch.finish();
			assert.deepEqual(await api.find(file, since, new Set(), never), { id: ours, isCertain: true });
			assert.equal(
				await api.find({ ...file, tag: { runId, part: 2 }, idPrefix: `${runId}-2-` }, since, new Set(), never),
				undefined,
			);
		});

		it('cancels', async () => {
			const batch = await api.submit(await batchFile(api, name, 2), never);
			await api.cancel(batch, never);
			assert.equal(only().state, 'cancelling');
		});

		it('[attack 28] fetches results only from its own origin, whatever address the server states', async () => {
			wire.batch.resultsUrl = () => 'https://evil.example/results';
			const batch = await api.submit(await batchFile(api, name, 1), never);
			wire.batch.finish();
			assert.equal((await entriesOf(api, batch, name)).length, 1);
			assert.deepEqual(refused, []);
			wire.batch.fail('results', { status: 302, headers: { location: 'https://evil.example/' } });
			await assert.rejects(
				entriesOf(api, batch, name),
				(error) => isAppError(error, 'network') && /evil\.example/.test(error.message),
			);
			assert.deepEqual(refused, []);
		});

		it('says what a refused submission was refused for, with its status', async () => {
			const body = JSON.stringify({ error: { type: 'invalid_request_error', message: 'Too large' } });
			wire.batch.fail(kind === 'openai' ? 'upload' : 'create', { status: 400, body });
			const file = await batchFile(api, name, 1);
			await assert.rejects(
				api.submit(file, never),
				(error) => isAppError(error) && error.info.status === 400 && /Too large/.test(error.message),
			);
			wire.batch.fail('retrieve', { status: 429, headers: { 'retry-after': '7' } });
			await assert.rejects(
				api.status('x', never),
				(error) => isAppError(error, 'rate-limit') && error.info.retryAfter === 7000,
			);
			await assert.rejects(api.status('gone', never), (error) => isAppError(error, 'not-found'));
		});

		it('stops reading results at an abort', async () => {
			const batch = await api.submit(await batchFile(api, name, 3), never);
			wire.batch.reply = () => 'x'.repeat(3_000_000);
			wire.batch.finish();
			const stop = new AbortController();
			const taken: string[] = [];
			await assert.rejects(async () => {
				for await (const { id: entry } of api.results(batch, name, stop.signal)) {
					taken.push(entry);
					stop.abort();
				}
			});
			assert.equal(taken.length, 1);
		});
	});
}

describe('A batch that OpenAI refuses as a whole', () => {
	it('has ended and says why', async () => {
		const wire = await WireServer.start();
		try {
			const api = await offerOf(ownOrigins(wire).models, 'openai/gpt-5.5').open();
			const id = await api.submit(await batchFile(api, 'gpt-5.5', 1), never);
			wire.batch.finish('failed');
			const [batch] = wire.batch.batches;
			assert.ok(batch);
			batch.failure = 'Enqueued token limit reached';
			const status = await api.status(id, never);
			assert.equal(status.hasEnded, true);
			assert.match(status.failure ?? '', /Enqueued token limit reached/);
		} finally {
			await wire.stop();
		}
	});
});

describe('Models without a batch API', () => {
	it('offer none', async () => {
		const wire = await WireServer.start();
		try {
			const models = wiredModels(wire);
			assert.equal(models.batch?.('local/m'), undefined);
			assert.equal(models.batch?.('offline/guide'), undefined);
			assert.equal(models.batch?.('unknown/m'), undefined);
			assert.equal(models.batch?.('openai/gpt-5.5')?.terms.maxRequests, 50_000);
		} finally {
			await wire.stop();
		}
	});
});
