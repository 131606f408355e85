import { containsListGrader } from '../grading/containsGrader.ts';

export const icontainsAny = containsListGrader({
	type: 'icontains-any',
	summary: 'The answer contains at least one of several texts, in upper or lower case.',
	ignoreCase: true,
	need: 'any',
});
