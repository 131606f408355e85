import { generalTopic, type TestResult } from '../../common/model.ts';
import type { Place, WorkshopShown } from './shown.ts';

/** What the form holds now: what the user chose, else what the newest test or the settings say. */
export function testForm(page: WorkshopShown) {
	const { intent, state } = page;
	const { snapshot } = state;
	const [minimum, maximum, usual] = snapshot.limits.articles;
	const known = intent.topic === generalTopic || snapshot.topics.some(({ name }) => name === intent.topic);
	return {
		query: intent.query,
		topic: (known ? intent.topic : undefined) ?? snapshot.topics[0]?.name ?? generalTopic,
		thinking: intent.thinking ?? snapshot.models.thinking,
		limit: Math.min(maximum, Math.max(minimum, Math.round(intent.limit ?? usual))),
	};
}

/** Starts a test with what the form, or `given`, says. An error is shown at `place`. */
export async function runTest(
	page: WorkshopShown,
	place: Place,
	given: Partial<ReturnType<typeof testForm>> & { otherModel?: boolean } = {},
): Promise<void> {
	const parameters = { ...testForm(page), otherModel: false, ...given };
	const answer = await page.call(place, 'runTest', parameters, () => runTest(page, place, given));
	if (answer) {
		page.setIntent({ shown: answer.result.testId, comparing: false });
	}
}

/** Runs what a result was asked. */
export function runAgain(page: WorkshopShown, place: Place, result: TestResult, otherModel = false): Promise<void> {
	const { query, topic, thinking } = result;
	const limit = result.parameters['limit'];
	page.setIntent({ query, topic, thinking });
	return runTest(page, place, { query, topic, thinking, ...(typeof limit === 'number' && { limit }), otherModel });
}
