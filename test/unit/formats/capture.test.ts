import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { foldParts } from '../../../src/common/foldParts.ts';
import { captureFormats, captureText } from '../../../src/formats/capture/all.ts';
import { fixtureFileText, messageOfTurn } from '../../../src/formats/capture/toFixtureFile.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { holds } from '../../support/fuzz.ts';

/** The one conversation in a text, with the form that was recognised. */
function capture(input: unknown) {
	const { format, conversations } = captureText(typeof input === 'string' ? input : JSON.stringify(input));
	assert.equal(conversations.length, 1);
	return { format, ...conversations[0]! };
}

describe('captureText', () => {
	it('reads an Anthropic request with thinking and tools as one assistant turn', () => {
		const found = capture({
			model: 'claude',
			system: [{ type: 'text', text: 'Be exact.' }],
			messages: [
				{ role: 'user', content: 'How warm is it?' },
				{
					role: 'assistant',
					content: [
						{ type: 'thinking', thinking: 'Ask the tool.', signature: 'abc' },
						{ type: 'tool_use', id: 't1', name: 'weather', input: { place: 'Oslo' } },
					],
				},
				{
					role: 'user',
					content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: '4 °C' }] }],
				},
				{ role: 'assistant', content: [{ type: 'text', text: 'Four degrees.' }] },
			],
		});
		assert.equal(found.format, 'anthropic-messages');
		assert.equal(found.systemPrompt, 'Be exact.');
		assert.deepEqual(found.messages, [
			{ role: 'user', content: 'How warm is it?' },
			{
				role: 'assistant',
				content: [
					{ type: 'thinking', text: 'Ask the tool.' },
					{ type: 'tool-call', id: 't1', name: 'weather', input: { place: 'Oslo' } },
					{ type: 'tool-result', id: 't1', content: '4 °C' },
					{ type: 'text', text: 'Four degrees.' },
				],
			},
		]);
	});

	it('reads an Anthropic response', () => {
		const content = [
			{ type: 'thinking', thinking: 'Hm.', signature: 's' },
			{ type: 'text', text: 'Yes.' },
		];
		const found = capture({ type: 'message', role: 'assistant', content, stop_reason: 'end_turn' });
		assert.deepEqual(found.messages, [{ role: 'assistant', content: 'Yes.', thinking: 'Hm.' }]);
	});

	it('reads OpenAI chat messages with reasoning, tools and the answer among the choices', () => {
		const found = capture({
			messages: [
				{ role: 'developer', content: 'Be exact.' },
				{ role: 'user', content: [{ type: 'text', text: 'How warm?' }] },
				{
					role: 'assistant',
					content: null,
					reasoning_content: 'Ask.',
					tool_calls: [
						{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"place":"Oslo"}' } },
					],
				},
				{ role: 'tool', tool_call_id: 'c1', content: '4' },
			],
			choices: [{ message: { role: 'assistant', content: 'Four.' } }],
		});
		assert.equal(found.format, 'openai-chat');
		assert.equal(found.systemPrompt, 'Be exact.');
		assert.deepEqual(found.messages[1]?.content, [
			{ type: 'thinking', text: 'Ask.' },
			{ type: 'tool-call', id: 'c1', name: 'weather', input: { place: 'Oslo' } },
			{ type: 'tool-result', content: '4', id: 'c1' },
			{ type: 'text', text: 'Four.' },
		]);
	});

	it('keeps tool arguments that are not JSON as they were written', () => {
		const found = capture([
			{ role: 'user', content: 'q' },
			{
				role: 'assistant',
				content: '',
				tool_calls: [{ id: 'x', function: { name: 'f', arguments: '{broken' } }],
			},
		]);
		assert.deepEqual(found.messages[1]?.content, [{ type: 'tool-call', id: 'x', name: 'f', input: '{broken' }]);
	});

	it('reads OpenAI Responses: request and response in one object, and a list of items', () => {
		const items = [
			{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'How warm?' }] },
			{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Ask.' }] },
			{ type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
			{ type: 'function_call_output', call_id: 'c1', output: '4' },
			{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Four.' }] },
		];
		const expected = [
			{ type: 'thinking', text: 'Ask.' },
			{ type: 'tool-call', id: 'c1', name: 'weather', input: {} },
			{ type: 'tool-result', id: 'c1', content: '4' },
			{ type: 'text', text: 'Four.' },
		];
		const list = capture(items);
		assert.equal(list.format, 'openai-responses');
		assert.deepEqual(list.messages[1]?.content, expected);
		const whole = capture({ instructions: 'Be exact.', input: 'How warm?', output: items.slice(1) });
		assert.equal(whole.systemPrompt, 'Be exact.');
		assert.deepEqual(whole.messages, list.messages);
	});

	it('reads ShareGPT, one conversation or several', () => {
		const one = {
			conversations: [
				{ from: 'system', value: 'S' },
				{ from: 'human', value: 'Q' },
				{ from: 'gpt', value: 'A' },
			],
		};
		const found = capture(one);
		assert.equal(found.format, 'sharegpt');
		assert.deepEqual([found.systemPrompt, ...found.messages.map(({ content }) => content)], ['S', 'Q', 'A']);
		assert.equal(captureText(JSON.stringify([one, one])).conversations.length, 2);
	});

	it('reads plain text with several lines a turn, and leaves code alone', () => {
		const found = capture(
			'System: Be brief.\r\n\r\nUser: Two\nlines\n**Assistant:** Code:\n```\nUser: not a turn\n```\nHuman: Bye',
		);
		assert.equal(found.format, 'plain-text');
		assert.equal(found.systemPrompt, 'Be brief.');
		assert.deepEqual(found.messages, [
			{ role: 'user', content: 'Two\nlines' },
			{ role: 'assistant', content: 'Code:\n```\nUser: not a turn\n```' },
			{ role: 'user', content: 'Bye' },
		]);
	});

	it('refuses anything else and names the forms', () => {
		for (const text of [
			'',
			'just prose',
			'{"a":1}',
			'[]',
			'['.repeat(100_000),
			'{"messages":[{"role":"robot"}]}',
		]) {
			assert.throws(
				() => captureText(text),
				(error) =>
					isAppError(error, 'validation') && captureFormats.every(({ name }) => error.message.includes(name)),
				text.slice(0, 40),
			);
		}
	});

	it('answers any JSON with conversations that make a fixture, or with a validation error', () => {
		holds(
			fc.property(fc.json({ maxDepth: 6 }), (text) => {
				try {
					const { conversations } = captureText(text);
					normaliseFixture(JSON.parse(fixtureFileText({ name: 'n', description: '', conversations })), 'x');
				} catch (error) {
					assert.ok(isAppError(error, 'validation'), String(error));
				}
			}),
			{ numRuns: 200 },
		);
	});
});

describe('fixtureFileText', () => {
	it('makes a file that loads again with the same conversations', () => {
		const { conversations } = captureText('System: S\nUser: Q\nThinking: T\nAssistant: A');
		const fixture = normaliseFixture(
			JSON.parse(fixtureFileText({ name: 'N', description: 'D', conversations })),
			'x',
		);
		assert.equal(fixture.baseSystemPrompt, 'S');
		assert.deepEqual(fixture.sections[0]?.conversations[0]?.messages, conversations[0]?.messages);
		assert.equal(conversations[0]?.messages[1]?.thinking, 'T');
	});

	it('keeps different prompts in sections of their own', () => {
		const messages = [{ role: 'user' as const, content: 'q' }];
		const text = fixtureFileText({
			name: 'N',
			description: '',
			conversations: [
				{ systemPrompt: 'one', messages },
				{ systemPrompt: 'two', messages },
				{ systemPrompt: 'one', messages },
			],
		});
		const fixture = normaliseFixture(JSON.parse(text), 'x');
		assert.deepEqual(
			fixture.sections.map((section) => [section.instructions, section.conversations.length]),
			[
				['one', 2],
				['two', 1],
			],
		);
	});

	it('keeps thinking and tool calls of a turn', () => {
		const turn = foldParts([
			{ type: 'thinking', id: '1', text: 'Hm.' },
			{ type: 'tool-call', id: 'c', name: 'search', input: { q: 1 } },
			{ type: 'tool-result', id: 'c', name: 'search', summary: '2 articles' },
			{ type: 'text', id: '2', text: 'Two.' },
			{ type: 'done', stopReason: 'stop' },
		]);
		assert.deepEqual(messageOfTurn(turn), {
			role: 'assistant',
			content: [
				{ type: 'thinking', text: 'Hm.' },
				{ type: 'tool-call', id: 'c', name: 'search', input: { q: 1 } },
				{ type: 'tool-result', id: 'c', name: 'search', content: '2 articles' },
				{ type: 'text', text: 'Two.' },
			],
		});
	});
});
