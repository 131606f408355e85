import assert from 'node:assert/strict';
import { fixed, marked } from '../../../../support/lintCase.ts';

describe('undelimited-content', () => {
	it('finds text from elsewhere that rules follow', () => {
		assert.deepEqual(marked('undelimited-content', 'Summarise:\n\n{{document}}\n\nAnswer in five sentences.'), [
			'{{document}}',
		]);
		assert.deepEqual(marked('undelimited-content', '{{ customer.email }}\r\nAnswer in German.'), [
			'{{ customer.email }}',
		]);
	});

	for (const text of [
		'<document>\n{{document}}\n</document>\nAnswer in five sentences.',
		'<documents>\n# Title\n\n{{document}}\n</documents>\nAnswer in five sentences.',
		'"""\n{{text}}\n"""\nAnswer in five sentences.',
		'---\n\n{{text}}\n\n---\nAnswer in five sentences.',
		'```\n{{code}}\n```\nReview the code.',
		'Answer in five sentences.\n\n{{document}}\n',
		'Translate {{text}} into German. Answer in German.',
		'{{language}}\nAnswer in this language.',
	]) {
		it(`leaves ${JSON.stringify(text)} alone`, () => {
			assert.deepEqual(marked('undelimited-content', text), []);
		});
	}

	it('puts it between tags', () => {
		assert.equal(
			fixed('undelimited-content', 'Read:\n{{customer.email}}\nAnswer in German.'),
			'Read:\n<email>\n{{customer.email}}\n</email>\nAnswer in German.',
		);
		assert.equal(fixed('undelimited-content', 'Read:\n  {{email}}\nAnswer in German.'), undefined);
	});
});
