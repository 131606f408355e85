import assert from 'node:assert/strict';
import type { Answers } from '../../../src/guide/questions.ts';
import { recogniseAnswers } from '../../../src/guide/recognise.ts';

describe('recogniseAnswers', () => {
	const examples: [string, Answers][] = [
		[
			'I need a prompt for engineering managers who plan upgrades.',
			{ audience: 'engineering managers who plan upgrades' },
		],
		['The readers are nurses and doctors.', { audience: 'nurses and doctors' }],
		[
			'Compare runtimes for engineers, in a formal tone, and never guess.',
			{
				analysis: 'Compare runtimes for engineers.',
				audience: 'engineers',
				tone: 'formal tone',
				constraints: 'never guess',
			},
		],
		['Keep it neutral and plain.', { tone: 'neutral and plain' }],
		['A formal, cautious tone please; bullets only.', { tone: 'formal, cautious tone', format: 'bullets only' }],
		[
			'Answer customers of a parcel service, friendly and plain.',
			{ analysis: 'Answer customers of a parcel service.', tone: 'friendly and plain' },
		],
		['Friendly.', { tone: 'Friendly' }],
		['At most 200 words.', { format: 'At most 200 words' }],
		[
			'Search by keyword for versions, look at the last 90 days.',
			{ tools: 'Search by keyword for versions; look at the last 90 days' },
		],
		['Never speculate, avoid jargon.', { constraints: 'Never speculate; avoid jargon' }],
		['Do not use sentiment.', { tools: 'Do not use sentiment' }],
		['What changed in critical systems?', { analysis: 'What changed in critical systems?' }],
		['Constraints: none of the vendors is named', { constraints: 'none of the vendors is named' }],
		[
			'News on bullet trains. Sentiment about search engines.',
			{ analysis: 'News on bullet trains. Sentiment about search engines.' },
		],
		['', {}],
	];
	for (const [text, expected] of examples) {
		it(`reads “${text}”`, () => {
			assert.deepEqual(recogniseAnswers(text), expected);
		});
	}
});
