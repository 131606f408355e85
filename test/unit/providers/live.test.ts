import assert from 'node:assert/strict';
import { foldPart } from '../../../src/common/foldParts.ts';
import { emptyTurn, turnText } from '../../../src/common/turn.ts';
import { createModels } from '../../../src/providers/models.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';

const { LIVE_BASE_URL, LIVE_MODEL, LIVE_API_KEY, LIVE_KIND } = process.env;

/** Against a real server, where one is named; otherwise reported as skipped. */
describe('a live provider', () => {
	before(function () {
		if (!LIVE_BASE_URL || !LIVE_MODEL) {
			this.skip();
		}
	});

	it('streams a complete answer', async function () {
		this.timeout(120_000);
		const kind = LIVE_KIND ?? 'openai-compatible';
		const models = createModels([{ id: 'live', kind, baseUrl: LIVE_BASE_URL ?? '' }], {
			getKey: () => Promise.resolve(LIVE_API_KEY),
			makeOfflineProvider: ({ id }) => createGuideProvider(id),
			log: { debug: () => undefined, warn: () => undefined },
		});
		const run = models.run({
			model: `live/${LIVE_MODEL}`,
			system: 'Answer in one short sentence.',
			messages: [{ role: 'user', content: [{ type: 'text', text: 'Which planet do we live on?' }] }],
			thinking: 'off',
			maxTokens: 1024,
			purpose: 'design',
			signal: new AbortController().signal,
		});
		let turn = emptyTurn;
		for await (const part of run) {
			if (part.type !== 'native' && part.type !== 'request') {
				turn = foldPart(turn, part);
			}
		}
		assert.equal(turn.error, undefined);
		assert.equal(turn.stopReason, 'stop');
		assert.match(turnText(turn), /earth/i);
	});
});
