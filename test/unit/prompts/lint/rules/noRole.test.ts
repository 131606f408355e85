import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const rules =
	'Prices include tax. Answer in two sentences, in the language of the question.\nName the page of the manual that the answer comes from.';

describe('no-role', () => {
	it('marks the first line of a prompt that does not say what it is for', () => {
		assert.deepEqual(marked('no-role', rules), [rules.slice(0, rules.indexOf('\n'))]);
	});

	it('accepts each way to say it', () => {
		for (const role of [
			'You are a clerk.',
			'Act as a clerk.',
			'# Role\n',
			'<role>Clerk</role>',
			'Your task is billing.',
			'You answer customers.',
			'You edit reports.',
		]) {
			assert.deepEqual(marked('no-role', `${role} ${rules}`), [], role);
		}
	});

	it('leaves agents, other languages and texts that are only begun alone', () => {
		assert.deepEqual(marked('no-role', rules, { kind: 'agent' }), []);
		assert.deepEqual(
			marked(
				'no-role',
				'Beantworte Fragen der Kunden zu ihrer Rechnung und nenne die Seite, die das sagt. Die Preise sind mit Steuer.',
			),
			[],
		);
		assert.deepEqual(marked('no-role', '質問には二つの文で答えてください。'.repeat(10)), []);
		assert.deepEqual(marked('no-role', 'Prices include tax.'), []);
	});
});
