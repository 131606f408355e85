import assert from 'node:assert/strict';
import type { TestResult } from '../../../src/common/model.ts';
import { valueOf } from '../../../src/prompts/variables/variableValue.ts';
import type { WorkshopShown } from '../../../src/webview/workshop/shown.ts';
import { storedValues } from '../../../src/webview/workshop/variableValues.ts';

describe('the values of a stored test', () => {
	it('become texts that mean the same when the test runs again', () => {
		const vars = { word: 'a "b"', count: 1e21, tone: 'plain', note: 'text', rows: [{ a: 1 }], none: null };
		const variables = [
			{ name: 'word', type: 'text' },
			{ name: 'count', type: 'number' },
			{ name: 'tone', type: 'choice', choices: ['plain'] },
			{ name: 'note', type: 'json' },
			{ name: 'rows', type: 'json' },
			{ name: 'none', type: 'json' },
		] as const;
		const page = { state: { draft: { variables } } } as unknown as WorkshopShown;
		const typed = storedValues(page, { parameters: { vars: { ...vars, gone: 1 } } } as unknown as TestResult);
		assert.deepEqual(Object.keys(typed), Object.keys(vars));
		for (const variable of variables) {
			const choices = 'choices' in variable ? [...variable.choices] : [];
			const read = valueOf({ ...variable, choices }, typed[variable.name] ?? '');
			assert.deepEqual(read, { value: vars[variable.name] }, variable.name);
		}
	});
});
