import { containsListGrader } from '../grading/containsGrader.ts';

export const containsAll = containsListGrader({
	type: 'contains-all',
	summary: 'The answer contains all of several texts.',
	ignoreCase: false,
	need: 'all',
});
