import assert from 'node:assert/strict';
import { renameVariable } from '../../../../src/prompts/variables/renameVariable.ts';
import { parseTemplate } from '../../../../src/prompts/variables/parseTemplate.ts';
import { unusedVariables, variableNames } from '../../../../src/prompts/variables/variableNames.ts';

function renamed(text: string, from: string, to: string): string {
	return renameVariable(text, from, to).reduceRight(
		(current, { start, end, text: name }) => current.slice(0, start) + name + current.slice(end),
		text,
	);
}

describe('renaming a variable', () => {
	it('changes paths, sections and ends, and nothing else', () => {
		const text =
			'a {{a}} {{ a.a | default("a") }} {{#a}}{{b.a}}{{/a}}{{^ a }}{{/ a }} \\{{a}} ${{a}} {{{a}}} {{! a }} {{ab}}';
		assert.equal(
			renamed(text, 'a', 'größe'),
			'a {{größe}} {{ größe.a | default("a") }} {{#größe}}{{b.a}}{{/größe}}{{^ größe }}{{/ größe }} \\{{a}} ${{a}} {{{größe}}} {{! a }} {{ab}}',
		);
	});
});

describe('the variables of a template', () => {
	it('are named once, in the order of the text', () => {
		assert.deepEqual(variableNames('{{b.c}} {{a}} {{#b}}{{.}}{{/b}} {{! x }}'), ['b', 'a']);
		assert.deepEqual(unusedVariables(parseTemplate('{{a}}'), [{ name: 'a' }, { name: 'b' }]), [{ name: 'b' }]);
	});
});
