import assert from 'node:assert/strict';
import type { PromptVariable } from '../../../../src/prompts/promptMetadata.ts';
import { variablesFault } from '../../../../src/prompts/variables/checkVariables.ts';

const text = (name: string, more: Partial<PromptVariable> = {}): PromptVariable => ({ name, type: 'text', ...more });

describe('declarations of variables', () => {
	it('are accepted with every type', () => {
		const variables: PromptVariable[] = [
			text('größe_2'),
			text('first-name', { default: '', note: 'As in the letter' }),
			{ name: 'count', type: 'number', default: '1e3' },
			{ name: 'tone', type: 'choice', choices: ['a', 'b'], default: 'b' },
			{ name: 'orders', type: 'json', default: '[]' },
		];
		assert.equal(variablesFault(variables), undefined);
	});

	for (const [variables, field, message] of [
		[[text('')], 'variables.0.name', /A variable has a name of 1 to 100 letters/],
		[[text('a.b')], 'variables.0.name', /and this is "a\.b"/],
		[[text('1a')], 'variables.0.name', /does not start with a digit/],
		[[text('a'.repeat(101))], 'variables.0.name', /1 to 100/],
		[[text('na\u200bme')], 'variables.0.name', /na<U\+200B>me/],
		[[text('a\u0308')], 'variables.0.name', /accents as separate characters/],
		[[text('a'), text('a')], 'variables.1.name', /There is already a variable "a"/],
		[[{ name: 'c', type: 'date' }], 'variables.0.type', /use one of text, number, choice, json/],
		[[text('constructor')], 'variables.0.name', /cannot have the name "constructor"/],
		[[{ name: 'c', type: 'choice' }], 'variables.0.choices', /at least one value/],
		[[{ name: 'c', type: 'choice', choices: ['x', 'x'] }], 'variables.0.choices', /all different/],
		[[{ name: 'c', type: 'choice', choices: ['x'], default: 'y' }], 'variables.0.default', /must be one of x/],
		[[{ name: 'n', type: 'number', default: '3,5' }], 'variables.0.default', /must be a number/],
		[[{ name: 'j', type: 'json', default: '{' }], 'variables.0.default', /must be JSON/],
		[[text('a', { note: 'x'.repeat(501) })], 'variables.0.note', /at most 500/],
		[
			Array.from({ length: 201 }, (_, index) => text(`v${index}`)),
			'variables',
			/at most 200 variables, and this has 201/,
		],
	] as unknown as [PromptVariable[], string, RegExp][]) {
		it(`name ${field} when ${String(message)} holds`, () => {
			const fault = variablesFault(variables);
			assert.equal(fault?.field, field);
			assert.match(fault.message, message);
		});
	}
});
