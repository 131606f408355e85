import { generalTopic, type TestResult } from '../../common/model.ts';
import type { Place, WorkshopApp } from './app.ts';

/** What the form holds now: what the user chose, else what the newest test or the settings say. */
export function testForm(app: WorkshopApp) {
	const { intent, state } = app;
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
	app: WorkshopApp,
	place: Place,
	given: Partial<ReturnType<typeof testForm>> & { otherModel?: boolean } = {},
): Promise<void> {
	const parameters = { ...testForm(app), otherModel: false, ...given };
	const answer = await app.call(place, 'runTest', parameters, () => runTest(app, place, given));
	if (answer) {
		app.setIntent({ shown: answer.result.testId, comparing: false });
	}
}

/** Runs what a result was asked. */
export function runAgain(app: WorkshopApp, place: Place, result: TestResult, otherModel = false): Promise<void> {
	const { query, topic, thinking } = result;
	const limit = result.parameters['limit'];
	app.setIntent({ query, topic, thinking });
	return runTest(app, place, { query, topic, thinking, ...(typeof limit === 'number' && { limit }), otherModel });
}
