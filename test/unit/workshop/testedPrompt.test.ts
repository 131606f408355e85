import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { testedPrompt } from '../../../src/workshop/testedPrompt.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const text = 'You answer {{audience}} about releases, briefly, and with the source of every claim.';
const variables = [{ name: 'audience', type: 'text' as const, default: 'developers' }];

describe('the prompt of a test', () => {
	let t: TestWorkshop;
	let draftId: number;

	beforeEach(async () => {
		t = await testWorkshop();
		const now = new Date().toISOString();
		({ id: draftId } = await t.store.write(({ drafts }) =>
			drafts.create({ draftName: 'Tested', draftContent: text, metadata: { variables }, now }),
		));
	});
	afterEach(() => t.dispose());

	async function test(storeFullResponse: boolean): Promise<string> {
		t.models.says('An answer.');
		const run = await t.workshop.test(draftId, {
			testQuery: 'What breaks in version 24?',
			topic: 'General',
			vars: { audience: 'operators' },
			storeFullResponse,
		});
		await run.finished;
		// Neither a later text nor later defaults change what the test was run with.
		await t.workshop.update(draftId, { draftContent: `${text} Later.` });
		await t.workshop.setVariables(draftId, [{ name: 'audience', type: 'text', default: 'nobody' }]);
		return run.key;
	}
	const sent = text.replace('{{audience}}', 'operators');

	it('is what is stored with the full answer', async () => {
		const testId = await test(true);
		assert.equal(await t.workshop.testedPrompt(testId), sent);
	});

	it('is rendered again from the version and the stored values where the full answer is not kept', async () => {
		const testId = await test(false);
		assert.equal(await t.workshop.testedPrompt(testId), sent);
	});

	it('says so when neither is kept', async () => {
		const testId = await test(false);
		await t.store.write(({ results }) => results.put({ ...results.get(testId), versionId: null }));
		await assert.rejects(
			() => t.workshop.testedPrompt(testId),
			(error) => isAppError(error, 'not-found') && /its version was deleted/.test(error.message),
		);
	});

	it('names the value that does not fit the version', async () => {
		const testId = await test(false);
		await t.store.write(({ results }) =>
			results.put({ ...results.get(testId), parameters: { vars: { audience: { a: 1 } } } }),
		);
		await assert.rejects(() => testedPrompt(t.context, testId), /values do not fit the version: .*audience/);
	});
});
