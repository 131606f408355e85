import { generalTopic, type TestResult } from '../../common/model.ts';
import type { Place, WorkshopShown } from './shown.ts';
import { givenValues, storedValues } from './variableValues.ts';

/** Whether the tests of a draft can have a topic: an assistant does not search, so it always runs on General. */
export function hasTopic({ state }: WorkshopShown): boolean {
	return state.draft.kind !== 'assistant';
}

/** Whether tests ask a question: a prompt that is the user's message is the question itself. */
export function hasQuestion({ state }: WorkshopShown): boolean {
	return state.draft.promptRole === 'system';
}

/** The current values of the form: what the user chose, otherwise those of the draft's last test or the settings. */
export function testForm(page: WorkshopShown) {
	const { intent, state } = page;
	const { snapshot } = state;
	const [minimum, maximum, usual] = snapshot.limits.articles;
	const { kind, testForm: last } = state.draft;
	const isKnown = (topic: string) => topic === generalTopic || snapshot.topics.some(({ name }) => name === topic);
	const first = kind === 'research' ? (snapshot.topics[0]?.name ?? generalTopic) : generalTopic;
	const chosen = [intent.topic, last.topic].find((topic) => topic && isKnown(topic)) ?? first;
	return {
		query: hasQuestion(page) ? intent.query : '',
		topic: hasTopic(page) ? chosen : generalTopic,
		thinking: intent.thinking ?? last.thinking ?? snapshot.models.thinking,
		vars: givenValues(page),
		limit: Math.min(maximum, Math.max(minimum, Math.round(intent.limit ?? last.limit ?? usual))),
	};
}

/** Starts a test with the values of the form, or of `given` where it has them. An error is shown at `place`. */
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

/** Runs the test of a result again, and puts its question into the form. */
export function runAgain(page: WorkshopShown, place: Place, result: TestResult, otherModel = false): Promise<void> {
	const { query, topic, thinking } = result;
	const limit = result.parameters['limit'];
	const vars = storedValues(page, result);
	page.setIntent({ query, topic, thinking, vars: { ...page.intent.vars, ...vars } });
	return runTest(page, place, {
		query: hasQuestion(page) ? query : '',
		topic,
		thinking,
		vars,
		...(typeof limit === 'number' && { limit }),
		otherModel,
	});
}
