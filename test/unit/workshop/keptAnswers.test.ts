import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestResult } from '../../../src/common/model.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';

describe('Full answers', () => {
	let t: TestWorkshop;
	afterEach(() => t.dispose());

	async function answers(): Promise<string[]> {
		const names = await readdir(join(t.folder, 'answers'), { recursive: true }).catch(() => []);
		return names.filter((name) => name.endsWith('.gz'));
	}

	async function testOnce(keepFullResponses: number): Promise<TestResult> {
		t = await testWorkshop({ settings: () => ({ thinking: 'low', maxTokens: 4096, keepFullResponses }) });
		t.models.says('Hello');
		const { draft, run } = await t.workshop.start({ draftName: 'Release analyst', startingPrompt: prompt });
		await run.finished;
		t.models.says('Version 24 breaks nothing. '.repeat(40));
		await (
			await t.workshop.test(draft.id, { testQuery: 'What breaks in 24?', topic: 'news' })
		).finished;
		const [result] = await t.store.read(({ results }) => results.list(draft.id));
		assert.ok(result);
		return result;
	}

	it('are kept beside the store for as many days as the setting says', async () => {
		const result = await testOnce(90);
		assert.equal(result.fullResponseStored, true);
		assert.notEqual(result.responseRef, null);
		assert.ok((await answers()).length > 0);
		assert.notEqual(await t.workshop.response(result.testId), undefined);
	});

	it('are not kept where the setting is 0, nor is any request: the result has its beginning and its figures', async () => {
		const result = await testOnce(0);
		assert.equal(result.status, 'complete');
		assert.equal(result.fullResponseStored, false);
		assert.deepEqual([result.responseRef, result.requestRef], [null, null]);
		assert.equal(result.responsePreview.length, 500);
		assert.equal(result.responseLength, 40 * 27);
		assert.equal(await t.workshop.response(result.testId), undefined);
		assert.equal(await t.workshop.requests({ testId: result.testId }), undefined);
		assert.deepEqual(await answers(), []);
	});
});
