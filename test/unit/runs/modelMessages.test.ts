import assert from 'node:assert/strict';
import { assemblePrompt } from '../../../src/common/assemblePrompt.ts';
import { messageThinking, openingMessage, toModelMessages } from '../../../src/runs/modelMessages.ts';
import { assistant, user } from '../lab/support.ts';

describe('assemblePrompt', () => {
	it('puts base, instructions and context in this order', () => {
		assert.equal(assemblePrompt({ context: 'C', instructions: 'I', base: 'B' }), 'B\n\nI\n\nC');
	});
	it('leaves no trace of a blank part', () => {
		assert.equal(assemblePrompt({ base: 'B', instructions: ' \n', context: 'C' }), 'B\n\nC');
		assert.equal(assemblePrompt({ base: '', instructions: '', context: '' }), '');
	});
});

describe('toModelMessages', () => {
	it('never sends recorded thinking, from the field or from parts', () => {
		const sent = toModelMessages([
			user('q'),
			{
				role: 'assistant',
				thinking: 'secret-1',
				content: [
					{ type: 'thinking', text: 'secret-2' },
					{ type: 'text', text: 'a' },
				],
			},
			user('r'),
		]);
		assert.ok(!JSON.stringify(sent).includes('secret'));
		assert.deepEqual(
			sent.map(({ role }) => role),
			['user', 'assistant', 'user'],
		);
	});

	it('sends tool calls and results as text', () => {
		const [, reply] = toModelMessages([
			user('q'),
			{
				role: 'assistant',
				content: [
					{ type: 'tool-call', name: 'search', input: { query: 'x' } },
					{ type: 'tool-result', name: 'search', content: 'two hits' },
					{ type: 'text', text: 'Two.' },
				],
			},
		]);
		assert.deepEqual(reply?.content, [
			{ type: 'text', text: '[Tool call: search {"query":"x"}]\n\n[Tool result: search]\ntwo hits\n\nTwo.' },
		]);
	});

	it('leaves out empty messages and joins neighbours of one role', () => {
		assert.deepEqual(toModelMessages([user('a'), assistant(' '), user('b'), assistant('c')]), [
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'a' },
					{ type: 'text', text: 'b' },
				],
			},
			{ role: 'assistant', content: [{ type: 'text', text: 'c' }] },
		]);
	});

	it('puts a user message before a conversation that the assistant opened', () => {
		const sent = toModelMessages([assistant('Hello'), user('Hi')]);
		assert.deepEqual(sent[0], { role: 'user', content: [{ type: 'text', text: openingMessage }] });
		assert.equal(sent.length, 3);
	});
});

describe('messageThinking', () => {
	it('joins the thinking of the field and of the parts', () => {
		assert.equal(
			messageThinking({ role: 'assistant', thinking: 'a', content: [{ type: 'thinking', text: 'b' }] }),
			'a\n\nb',
		);
		assert.equal(messageThinking(assistant('x')), '');
	});
});
