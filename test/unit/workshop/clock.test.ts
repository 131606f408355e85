import assert from 'node:assert/strict';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';
const day = 24 * 60 * 60 * 1000;

describe('A clock that is set while the product runs', () => {
	let t: TestWorkshop;
	afterEach(() => t.dispose());

	for (const [name, step] of Object.entries({ 'back a day': -day, 'forward ten years': 3653 * day })) {
		it(`${name} at each look: results stay in their order, and no duration is negative or absurd [fault 6]`, async () => {
			let now = Date.parse('2026-06-01T12:00:00Z');
			t = await testWorkshop({ now: () => new Date((now += step)) });
			t.models.says('Hello');
			const { draft, run } = await t.workshop.start({ draftName: 'Release analyst', startingPrompt: prompt });
			await run.finished;
			for (const testQuery of ['What was first?', 'What was second?', 'What was third?']) {
				t.models.says('An answer.');
				await (
					await t.workshop.test(draft.id, { testQuery, topic: 'news' })
				).finished;
			}
			const results = await t.store.read(({ results }) => results.list(draft.id));
			assert.deepEqual(
				results.map(({ query }) => query),
				['What was third?', 'What was second?', 'What was first?'],
			);
			for (const { executionTimeMs, timeToFirstTokenMs } of results) {
				assert.ok(executionTimeMs >= 0 && executionTimeMs < 60_000, String(executionTimeMs));
				assert.ok(timeToFirstTokenMs !== null && timeToFirstTokenMs >= 0 && timeToFirstTokenMs < 60_000);
			}
		});
	}
});
