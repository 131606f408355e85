import assert from 'node:assert/strict';
import type { NextStep } from '../../../src/workshop/nextSteps.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

describe('next steps in the chat', () => {
	let t: TestWorkshop;
	let draftId: number;
	beforeEach(async () => {
		t = await testWorkshop();
		t.models.says('Who reads it?');
		const { draft, run } = await t.workshop.start({ draftName: 'Release analyst' });
		await run.finished;
		draftId = draft.id;
	});
	afterEach(() => t.dispose());

	const say = async (answer: string) => {
		t.models.says(answer);
		const run = await t.workshop.send(draftId, 'Go on');
		await run.finished;
	};
	const steps = (): Promise<NextStep[]> => t.workshop.nextSteps(draftId);

	it('offer to write the prompt until the chat holds one', async () => {
		assert.deepEqual(await steps(), ['write']);
		await say('````markdown\nYou answer questions about releases.\n````');
		assert.deepEqual(await steps(), []);
	});

	it('offer results that came after the last answer', async () => {
		await say('````markdown\nYou answer questions about the releases of Node.js for managers.\n````');
		await t.workshop.extract(draftId);
		t.models.says('Version 24 is out.');
		const run = await t.workshop.test(draftId, { testQuery: 'What is new in Node.js?', topic: 'General' });
		await run.finished;
		assert.deepEqual(await steps(), ['useResults']);
		await say('Noted.');
		assert.deepEqual(await steps(), []);
	});

	it('are those of the provider where it has its own', async () => {
		t.models.nextSteps = async (model, messages) => [`${model}: ${messages.length} messages`];
		assert.deepEqual(await steps(), [{ message: 'scripted/model: 2 messages' }]);
	});

	it('are none while an answer streams, and none after one that failed', async () => {
		let release = (): void => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		t.models.answer(() => released, { type: 'done', stopReason: 'stop' });
		const run = await t.workshop.send(draftId, 'Go on');
		assert.deepEqual(await steps(), []);
		release();
		await run.finished;
		t.models.answer(
			{ type: 'error', code: 'network', message: 'Lost', retryable: true },
			{ type: 'done', stopReason: 'error' },
		);
		await (
			await t.workshop.send(draftId, 'Again')
		).finished;
		assert.deepEqual(await steps(), []);
	});
});
