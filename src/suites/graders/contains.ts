import { containsGrader } from '../grading/containsGrader.ts';

export const contains = containsGrader({
	type: 'contains',
	summary: 'The answer contains a text.',
	ignoreCase: false,
});
