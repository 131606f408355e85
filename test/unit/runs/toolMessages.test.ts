import assert from 'node:assert/strict';
import type { FixtureMessage } from '../../../src/common/api.ts';
import type { ModelMessage } from '../../../src/providers/provider.ts';
import { offeredName, recordedCalls, toToolMessages } from '../../../src/runs/toolMessages.ts';
import { openingMessage } from '../../../src/runs/modelMessages.ts';

type Part = Exclude<FixtureMessage['content'], string>[number];

const user = (...content: Part[]): FixtureMessage => ({ role: 'user', content });
const assistant = (...content: Part[]): FixtureMessage => ({ role: 'assistant', content });
const text = (value: string): Part => ({ type: 'text', text: value });
const call = (id: string, name = 'search'): Part => ({ type: 'tool-call', id, name, input: { id } });
const result = (id: string, content = `of ${id}`): Part => ({ type: 'tool-result', id, content });

/** `role: parts` of each message, calls by their argument. */
function lines(messages: readonly ModelMessage[]): string[] {
	return messages.map(({ role, content }) => {
		const parts = content.map((part) => {
			switch (part.type) {
				case 'text':
					return part.text;
				case 'tool-call':
					return `call ${JSON.stringify(part.input)}`;
				case 'tool-result':
					return `result ${part.content}${part.isError ? '!' : ''}`;
			}
		});
		return `${role}: ${parts.join(' + ')}`;
	});
}

/** Each call has its result in the next message, ids are unique, and roles take turns, beginning with the user. */
function checkOrder(messages: readonly ModelMessage[]): void {
	const ids = new Set<string>();
	for (const [index, { role, content }] of messages.entries()) {
		assert.equal(role, index % 2 === 0 ? 'user' : 'assistant');
		const called = content.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
		const next = messages[index + 1]?.content ?? [];
		const answered = next.flatMap((part) => (part.type === 'tool-result' ? [part.id] : []));
		assert.deepEqual(answered.toSorted(), called.toSorted());
		assert.ok(next.findLastIndex(({ type }) => type === 'tool-result') < Math.max(called.length, 1));
		for (const id of called) {
			assert.ok(!ids.has(id), id);
			ids.add(id);
		}
	}
}

describe('recorded messages for a run that offers tools', () => {
	const none = 'No result of this call was recorded.!';
	const cases: [string, FixtureMessage[], string[]][] = [
		[
			'a call, its result and the answer within one turn',
			[user(text('q')), assistant(text('I search.'), call('1'), result('1'), text('Two.')), user(text('more'))],
			['user: q', 'assistant: I search. + call {"id":"1"}', 'user: result of 1', 'assistant: Two.', 'user: more'],
		],
		[
			'parallel calls whose results come one after the other, also in a message of the user',
			[
				user(text('q')),
				assistant(call('1'), call('2')),
				user(text('and?'), result('2'), result('1')),
				assistant(text('a')),
			],
			[
				'user: q',
				'assistant: call {"id":"1"} + call {"id":"2"}',
				'user: result of 2 + result of 1 + and?',
				'assistant: a',
			],
		],
		[
			'a call without a result, before what the assistant or the user says next',
			[
				user(text('q')),
				assistant(call('1')),
				assistant(call('2'), text('so')),
				user(text('hm')),
				assistant(call('3')),
			],
			[
				'user: q',
				'assistant: call {"id":"1"}',
				`user: result ${none}`,
				'assistant: call {"id":"2"} + so',
				`user: result ${none} + hm`,
				'assistant: call {"id":"3"}',
				`user: result ${none}`,
			],
		],
		[
			'one of two calls without a result',
			[user(text('q')), assistant(call('1'), call('2'), result('1'), text('a'))],
			[
				'user: q',
				'assistant: call {"id":"1"} + call {"id":"2"}',
				`user: result of 1 + result ${none}`,
				'assistant: a',
			],
		],
		[
			'ids that are there twice',
			[user(text('q')), assistant(call('1'), result('1', 'a'), call('1'), result('1', 'b'))],
			['user: q', 'assistant: call {"id":"1"}', 'user: result a', 'assistant: call {"id":"1"}', 'user: result b'],
		],
	];
	for (const [what, messages, expected] of cases) {
		it(`keep calls and results together: ${what}`, () => {
			const sent = toToolMessages(messages);
			assert.deepEqual(lines(sent), expected);
			checkOrder(sent);
		});
	}

	it('never send thinking, send a result without its call as text, and begin with the user', () => {
		const sent = toToolMessages([
			{ role: 'assistant', thinking: 'secret', content: [{ type: 'thinking', text: 'secret' }, text('Hi')] },
			user(result('9', 'lost')),
		]);
		assert.deepEqual(lines(sent), [`user: ${openingMessage}`, 'assistant: Hi', 'user: [Tool result]\nlost']);
	});

	it('have names that all APIs accept', () => {
		assert.equal(offeredName('fs.read file'), 'fs_read_file');
		assert.equal(offeredName('ü'.repeat(70)), '_'.repeat(64));
		assert.equal(offeredName(''), 'tool');
	});

	it('have their calls in order, each with its own result', () => {
		const unnamed: Part = { type: 'tool-result', content: 'second' };
		assert.deepEqual(recordedCalls([assistant(call('1'), call('2', 'list'), result('1')), user(unnamed)]), [
			{ name: 'search', input: { id: '1' }, result: { content: 'of 1' } },
			{ name: 'list', input: { id: '2' }, result: { content: 'second' } },
		]);
	});
});
