import { containsListGrader } from '../grading/containsGrader.ts';

export const containsAny = containsListGrader({
	type: 'contains-any',
	summary: 'The answer contains at least one of several texts.',
	ignoreCase: false,
	need: 'any',
});
