import { containsListGrader } from '../grading/containsGrader.ts';

export const icontainsAll = containsListGrader({
	type: 'icontains-all',
	summary: 'The answer contains all of several texts, in upper or lower case.',
	ignoreCase: true,
	need: 'all',
});
