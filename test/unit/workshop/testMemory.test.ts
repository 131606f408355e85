import assert from 'node:assert/strict';
import { generalTopic } from '../../../src/common/model.ts';
import { readPromptMetadata } from '../../../src/prompts/promptMetadata.ts';
import type { ModelUse } from '../../../src/workshop/context.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You are a code reviewer. You find what will break and say why. '.repeat(2);
const testQuery = 'Please review this function';

describe('what a draft remembers of its tests', () => {
	let t: TestWorkshop;
	let chosen: Partial<Record<ModelUse, string | null>>;
	beforeEach(async () => {
		chosen = {};
		t = await testWorkshop({ chosenModel: (use) => chosen[use] });
	});
	afterEach(() => t.dispose());

	const draftWith = async (model?: string) => {
		t.models.says('What should it look at?');
		const { draft, run } = await t.workshop.start({
			startingPrompt: prompt,
			kind: 'assistant',
			...(model !== undefined && { model }),
		});
		await run.finished;
		return draft.id;
	};
	const test = async (draftId: number, options = {}) => {
		t.models.says('It may throw.');
		const run = await t.workshop.test(draftId, { testQuery, topic: generalTopic, ...options });
		await run.finished;
		return run.model;
	};
	const next = async (draftId: number) => (await t.workshop.modelsOf(draftId)).test;

	it('its first test uses the model of its chat if no other was chosen, and asks if there is none', async () => {
		assert.equal(await next(await draftWith()), undefined);
		const draftId = await draftWith('scripted/reviewer');
		assert.equal(await next(draftId), 'scripted/reviewer');
		assert.equal(await test(draftId), 'scripted/reviewer');
	});

	it('the chosen test model goes before that of the chat', async () => {
		const draftId = await draftWith('scripted/reviewer');
		chosen = { test: 'scripted/tester', chat: 'own/guide' };
		assert.equal(await next(draftId), 'scripted/tester');
		chosen = { test: 'own/guide' };
		assert.equal(await next(draftId), 'own/guide');
		chosen = { chat: 'scripted/other' };
		assert.equal(await next(draftId), 'scripted/reviewer');
		assert.equal(await next(await draftWith()), 'scripted/other');
	});

	it('later ones use the model of the last one, each draft its own', async () => {
		chosen = { test: 'scripted/tester' };
		const [first, second] = [await draftWith(), await draftWith()];
		await test(first, { model: 'scripted/large' });
		assert.deepEqual([await next(first), await next(second)], ['scripted/large', 'scripted/tester']);
		assert.equal(await test(first), 'scripted/large');
		await t.workshop.useTestModel(first, 'scripted/small');
		assert.equal(await test(first), 'scripted/small');
	});

	it('asks about a model that the workspace names, whatever the chat uses', async () => {
		chosen = { test: null };
		assert.equal(await next(await draftWith('scripted/reviewer')), undefined);
	});

	it('keeps topic, thinking and limit with the draft, and does not count that as a change', async () => {
		const draftId = await draftWith('scripted/reviewer');
		await test(draftId);
		const before = await t.store.read(({ drafts }) => drafts.get(draftId));
		await test(draftId, { thinking: 'high', limit: 20 });
		const after = await t.store.read(({ drafts }) => drafts.get(draftId));
		const { topic, thinking, limit } = readPromptMetadata(after.metadata).testForm;
		assert.deepEqual({ topic, thinking, limit }, { topic: generalTopic, thinking: 'high', limit: 20 });
		assert.equal(after.updatedAt, before.updatedAt);
		assert.equal(readPromptMetadata(after.metadata).kind, 'assistant');
	});
});
