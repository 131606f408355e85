import { containsGrader } from '../grading/containsGrader.ts';

export const icontains = containsGrader({
	type: 'icontains',
	summary: 'The answer contains a text, in upper or lower case.',
	ignoreCase: true,
});
