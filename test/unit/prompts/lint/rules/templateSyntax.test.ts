import assert from 'node:assert/strict';
import { fixed, marked } from '../../../../support/lintCase.ts';

describe('template-syntax', () => {
	it('marks what is meant as a tag and cannot be rendered', () => {
		assert.deepEqual(marked('template-syntax', 'Hi {{user name}}, {{> p}} {% if a %} {{#open}} {{a | b}}'), [
			'{{user name}}',
			'{{> p}}',
			'{% if a %}',
			'{{#open}}',
			'{{a | b}}',
		]);
	});

	it('leaves tags, JSON and LaTeX alone', () => {
		assert.deepEqual(marked('template-syntax', '{{a | upper}} {"a":{"b":{}}} \\frac{{a}+{b}}{c} ${{ x() }}'), []);
	});

	it('keeps as text what is marked', () => {
		const text = 'Write {{ x + 1 }} into the sheet.';
		assert.equal(fixed('template-syntax', text), 'Write \\{{ x + 1 }} into the sheet.');
		assert.deepEqual(marked('template-syntax', fixed('template-syntax', text) ?? ''), []);
	});

	it('does not miss an end that lies in the unread part of a long prompt', () => {
		assert.deepEqual(marked('template-syntax', `{{#a}}${'x'.repeat(400_000)}{{/a}}`), []);
	});
});
