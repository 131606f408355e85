import assert from 'node:assert/strict';
import fc from 'fast-check';
import { promptRules, withoutRules } from '../../../../src/suites/coverage/promptRules.ts';

const shown = (text: string) => {
	const lines = text.split('\n');
	return promptRules(text).map(({ start, end }) => lines.slice(start, end).join('|'));
};

describe('the rules of a prompt', () => {
	it('are lines; a line that does not end its sentence goes with the next', () => {
		assert.deepEqual(shown('You are kind.\nYou answer in\nthree words.\n\nNever lie.'), [
			'You are kind.',
			'You answer in|three words.',
			'Never lie.',
		]);
	});

	it('are headings and list items with their indented lines', () => {
		const text = '# Rules\n- Be brief\n  and polite\n  - not too polite\n1. First\n2) Second\nthe end';
		assert.deepEqual(shown(text), [
			'# Rules',
			'- Be brief|  and polite',
			'  - not too polite',
			'1. First',
			'2) Second',
			'the end',
		]);
	});

	it('keep code blocks, front matter and sections of a template whole', () => {
		assert.deepEqual(
			shown('---\nname: a\n---\nSay it.\n```json\n{\n\n}\n```\n{{#vip}}\nBe\n\nkind.\n{{/vip}}\nEnd.'),
			['---|name: a|---', 'Say it.', '```json|{||}|```', '{{#vip}}|Be||kind.|{{/vip}}', 'End.'],
		);
		assert.deepEqual(shown('~~~\nopen\n\nto the end'), ['~~~|open||to the end']);
	});

	it('have no blank lines, rulers or lines of tags alone', () => {
		assert.deepEqual(shown('<rules>\nBe brief.\n</rules>\n\n---\n***\n'), ['Be brief.']);
		assert.deepEqual(promptRules(''), []);
	});

	it('without rules the rest is as it was, whatever ends the lines', () => {
		const text = 'One.\r\nTwo.\rThree.\n\nFour.';
		const [first, second, third] = promptRules(text);
		assert.ok(first && second && third);
		assert.equal(withoutRules(text, [second]), 'One.\r\nThree.\n\nFour.');
		assert.equal(withoutRules(text, [first, third]), 'Two.\r\nFour.');
		assert.equal(withoutRules(text, []), text);
	});

	it('never overlap, are in order, and hold every line that says something', () => {
		const line = fc.constantFrom(
			'',
			'Be kind.',
			'go on',
			'- item',
			'  more',
			'# Head',
			'```',
			'{{#a}}',
			'{{/a}}',
			'---',
			'<x>',
			'{{name}}',
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
				const text = lines.join('\n');
				const rules = promptRules(text);
				let last = 0;
				for (const { start, end } of rules) {
					assert.ok(start >= last && end > start && end <= lines.length);
					last = end;
				}
				assert.doesNotMatch(withoutRules(text, rules), /[a-zA-Z]{2}/);
			}),
			{ numRuns: 500 },
		);
	});
});
