import * as l10n from '@vscode/l10n';
import { topicToolNames } from '../../common/tools.ts';
import { countSchema, countValue } from '../grading/countValue.ts';
import { callsOf, describeCalls } from '../grading/toolCalls.ts';
import type { Grader } from './grader.ts';

const searchTools: ReadonlySet<string> = new Set(topicToolNames.filter((name) => name.includes('search')));

export const searched: Grader = {
	type: 'searched',
	summary: 'The model searched the topic at least this many times; once if no number is given.',
	value: countSchema,
	valueOptional: true,
	grade(assertion, { answer }) {
		const least = countValue(assertion);
		const count = callsOf(answer).filter(({ name }) => searchTools.has(name)).length;
		const pass = count >= least;
		return {
			pass,
			score: pass ? 1 : 0,
			reason: l10n.t('Searches: {0}; expected at least {1}; {2}', count, least, describeCalls(answer)),
		};
	},
};
