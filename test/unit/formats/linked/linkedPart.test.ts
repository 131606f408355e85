import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../../src/common/errors.ts';
import { linkedPart } from '../../../../src/formats/linked/linkedPart.ts';

/** The file with another text in place of its prompt. */
async function written(path: string, file: string, text: string): Promise<string> {
	const part = await linkedPart(path, file);
	const replacement = await part.replacement(text, []);
	return file.slice(0, part.start) + replacement + file.slice(part.end);
}

const files: Record<string, string> = {
	'AGENTS.md': '\n# Agents\n\nBe kind.   \n- one\n\n\n',
	'notes.txt': 'Be kind.',
	'sorter/SKILL.md': '---\nname: sorter # own\ndescription:   "Sorts"\nunknown: {a: 1}\n---\n\nBe kind.\n',
	'x.agent.md': '---\nname: x\ntools: [a, b]\n---\nBe kind.\n\nAlways.\n',
	'x.instructions.md': "---\napplyTo: '**'\n---\nBe kind.\n",
	'block.prompt.yml': `name: t # first
messages:
  - role: system
    content: |-
      Be kind to {{team}}.

        Indented.
  - role: user
    content: "{{mail}}"
testData:
  - mail: Be kind
`,
	'keep.prompt.yml':
		'messages:\n  - role: system\n    content: |+ # keep\n      Be kind.\n\n\n  - {role: user, content: Hi}\n',
	'folded.prompt.yml': 'messages:\n- role: system\n  content: >-\n    Be\n    kind.\n- {role: user, content: Hi}\n',
	'single.prompt.yml': "messages: [{role: system, content: 'It''s kind.'}, {role: user, content: 'Hi'}]\n",
	'double.prompt.yml':
		'messages: [{role: system, content: "Be \\"kind\\".\\nAlways."}, {role: user, content: "Hi"}] # end',
	'plain.prompt.yml': 'messages:\n  - role: system\n    content: Be kind\n  - role: user\n    content: Hi\n',
	'copilot.yaml': 'systemPrompt: Be kind\ntoolDescriptions:\n  find: {description: Finds}\n',
	'p.prompty': '---\nname: p\n---\nsystem:\nBe kind to {{team}}.\n\nuser:\n{{mail}}\n',
	'd.prompt': '---\nmodel: x\n---\n{{role "system"}}\nBe kind to {{team}}.\n{{role "user"}}\n{{mail}}\n',
	'export.json': '{"promptWorkshop":1,  "draft":{"name":"n","text":"Be kind.","kind":"assistant"},"suites":[]}\n',
};

describe('the prompt of a file that is linked', () => {
	for (const [path, file] of Object.entries(files)) {
		it(`${path}: is replaced, and every other byte stays`, async () => {
			const part = await linkedPart(path, file);
			assert.match(part.text, /kind/);
			for (const text of [
				'Be rude.',
				'Two lines:\n\n  - indented\n# not a comment\nend',
				'No: "quotes", it\'s {odd} & 100 %',
			]) {
				const after = await written(path, file, text);
				assert.equal((await linkedPart(path, after)).text, text, after);
				assert.ok(after.startsWith(file.slice(0, part.start)), 'what is before');
				assert.ok(after.endsWith(file.slice(part.end)), 'what is after');
			}
		});

		it(`${path}: stays as it is when its own text is written`, async () => {
			const part = await linkedPart(path, file);
			const after = await written(path, file, part.text);
			if (!path.startsWith('folded')) {
				assert.equal(after, file);
			}
			assert.equal((await linkedPart(path, after)).text, part.text);
		});
	}

	it('keeps the style of a block, its comment and the lines after it', async () => {
		assert.equal(
			await written('keep.prompt.yml', files['keep.prompt.yml'] ?? '', 'Be\n\nrude.'),
			'messages:\n  - role: system\n    content: |+ # keep\n      Be\n\n      rude.\n\n\n  - {role: user, content: Hi}\n',
		);
	});

	it('writes variables as the format has them', async () => {
		const file = files['d.prompt'] ?? '';
		const after = await written('d.prompt', file, 'Sort {{#rules}}{{.}}{{/rules}} for {{team}}.');
		assert.match(after, /\{\{#rules\}\}\{\{this\}\}\{\{\/rules\}\} for \{\{team\}\}\./);
	});

	it('refuses what the format cannot say', async () => {
		await assert.rejects(
			written('sorter/SKILL.md', files['sorter/SKILL.md'] ?? '', 'Be kind to {{team}}.'),
			(error) => isAppError(error, 'validation') && /no variables/.test(error.message),
		);
	});

	it('must be the only one, at one place', async () => {
		for (const [path, text] of [
			['promptfooconfig.yaml', 'prompts: [one {{a}}, two {{a}}]\ntests: [{vars: {a: b}}]\n'],
			['twice.prompt.yml', 'name: t\ndescription: Be kind\nmessages: [{role: system, content: Be kind}]\n'],
			['odd.prompt.yml', 'messages: [{role: system, content: "Be kind to {{  team  }}"}]\n'],
			['data.json', '{"a":1}'],
		] as const) {
			await assert.rejects(linkedPart(path, text), (error) => isAppError(error, 'validation'), path);
		}
	});

	it('takes any text in every style of YAML', async () => {
		const words = fc.constantFrom(
			'a',
			'Be kind.',
			':',
			'- x',
			'#',
			'"',
			"'",
			'\\',
			'{',
			'}',
			'%',
			'|',
			'>',
			'...',
			'---',
			'é',
			'\t',
			'*',
			'&a',
			'!',
		);
		const texts = fc
			.array(fc.tuple(words, fc.constantFrom(' ', '\n', '\n\n', '\n  ')), { minLength: 1, maxLength: 8 })
			.map((list) => `You ${list.map((pair) => pair.join('')).join('')}end`);
		const styles = ['block', 'keep', 'folded', 'single', 'double', 'plain'].map((name) => `${name}.prompt.yml`);
		await fc.assert(
			fc.asyncProperty(texts, fc.constantFrom(...styles), async (text, path) => {
				const after = await written(path, files[path] ?? '', text);
				assert.equal((await linkedPart(path, after)).text, text);
			}),
			{ numRuns: 300 },
		);
	});
});
