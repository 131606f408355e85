import assert from 'node:assert/strict';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import type { ModelPart, RequestPurpose } from '../../../src/providers/provider.ts';
import { ask, requestOf, user } from './ask.ts';

const messages = [user('Which batteries burned, and why? Tell me about the newest articles.')];
const purposes: RequestPurpose[] = ['design', 'test', 'lab', 'score'];

describe('built-in guide', () => {
	it('lists one model and says that it is none', async () => {
		const provider = createGuideProvider('offline');
		const models = await provider.listModels(new AbortController().signal);
		assert.deepEqual(
			models.map(({ id }) => id),
			['offline/guide'],
		);
		assert.match(models[0]?.detail ?? '', /not a language model/);
		assert.equal(provider.kind, 'offline');
	});

	for (const purpose of purposes) {
		it(`begins with a truthful request and ends with one done (${purpose})`, async () => {
			const { parts } = await ask({ purpose, messages, system: 'You are Auspex.' });
			const [first] = parts;
			assert.ok(first?.type === 'request');
			assert.equal(first.request.method, 'LOCAL');
			assert.equal(first.request.url, 'offline:guide');
			const { signal: _signal, ...given } = requestOf({ purpose, messages, system: 'You are Auspex.' });
			assert.deepEqual(JSON.parse(first.request.body), JSON.parse(JSON.stringify(given)));
			assert.equal(parts.filter(({ type }) => type === 'done').length, 1);
			assert.equal(parts.at(-1)?.type, 'done');
		});
	}

	for (const purpose of purposes.filter((candidate) => candidate !== 'score')) {
		it(`says that it is not a language model, in several pieces, the same each time (${purpose})`, async () => {
			const [once, again] = [await ask({ purpose, messages }), await ask({ purpose, messages })];
			assert.match(once.text, /built-in guide, not a language model/);
			assert.ok(once.parts.filter(({ type }) => type === 'text').length >= 2);
			assert.notEqual(once.thinking, '');
			assert.deepEqual(again.parts, once.parts);
		});

		it(`shows no thinking where thinking is off (${purpose})`, async () => {
			const { thinking, text } = await ask({ purpose, messages, thinking: 'off' });
			assert.equal(thinking, '');
			assert.notEqual(text, '');
		});

		it(`stops at the next piece when it is aborted (${purpose})`, async () => {
			const controller = new AbortController();
			const parts: ModelPart[] = [];
			for await (const part of createGuideProvider('offline').stream(
				requestOf({ purpose, messages, signal: controller.signal }),
			)) {
				parts.push(part);
				if (part.type === 'thinking') {
					controller.abort();
				}
			}
			assert.deepEqual(
				parts.map(({ type }) => type),
				['request', 'thinking', 'done'],
			);
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'cancelled' });
		});
	}

	it('lets the event loop turn between pieces, so that a stop can arrive', async () => {
		const controller = new AbortController();
		setImmediate(() => controller.abort());
		const { stopReason } = await ask({ messages, signal: controller.signal });
		assert.equal(stopReason, 'cancelled');
	});

	it('refuses to score, and models that it does not have, with what to do', async () => {
		for (const given of [{ purpose: 'score' as const }, { model: 'gpt' }]) {
			const { error, stopReason, text } = await ask({ ...given, messages });
			assert.equal(error?.code, 'validation');
			assert.match(error.message, /Choose another model/);
			assert.equal(stopReason, 'error');
			assert.equal(text, '');
		}
	});
});
