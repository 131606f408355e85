import assert from 'node:assert/strict';
import { pastedName, pastedPromptObject } from '../../../../src/formats/importing/pastedText.ts';
import { importText } from '../../../support/formats/importText.ts';

const pasted = async (text: string) => importText(pastedName(text, 'Pasted'), text);

describe('a text that is pasted', () => {
	it('is a prompt if it is in no other format', async () => {
		const { format, drafts } = await pasted('You sort mail.\nAnswer with one word: bill or offer.');
		assert.equal(format, 'markdown');
		assert.equal(drafts[0]?.text, 'You sort mail.\nAnswer with one word: bill or offer.');
		assert.equal((await pasted('---\nname: sorter\n---\nYou sort mail.')).drafts[0]?.name, 'sorter');
	});

	it('is recognised by its content like a file', async () => {
		assert.equal((await pasted('prompts:\n  - Say {{word}}\ntests:\n  - vars: {word: hi}\n')).format, 'promptfoo');
		assert.equal(
			(await pasted('{"systemPrompt":{},"prompt":{"id":"pmpt_1"},"instructions":"Hi"}')).format,
			'openai-evals',
		);
	});

	it('from the dashboard of OpenAI becomes a draft with its variables', async () => {
		const { format, drafts } = await importText(
			'OpenAI prompt.json',
			pastedPromptObject('You sort the mail of {{team}}.', 'OpenAI prompt'),
		);
		assert.equal(format, 'openai-evals');
		const [draft] = drafts;
		assert.equal(draft?.name, 'OpenAI prompt');
		assert.equal(draft?.text, 'You sort the mail of {{team}}.');
		assert.deepEqual(
			draft?.variables.map(({ name }) => name),
			['team'],
		);
	});

	it('that only names a prompt of OpenAI says what is missing', async () => {
		const call = 'client.responses.create({ prompt: { id: "pmpt_abc123", version: "2" } })';
		await assert.rejects(importText('p.json', pastedPromptObject(call, 'OpenAI prompt')), /paste its text too/);
		const json = '{"id":"pmpt_x","instructions":"Hi"}';
		assert.equal(pastedPromptObject(json, 'OpenAI prompt'), json);
	});
});
