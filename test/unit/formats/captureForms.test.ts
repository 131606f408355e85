import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { captureText } from '../../../src/formats/capture/all.ts';
import { fixtureFileText } from '../../../src/formats/capture/toFixtureFile.ts';
import { Fixtures } from '../../../src/lab/fixtures.ts';
import { toModelMessages } from '../../../src/runs/modelMessages.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { holds } from '../../support/fuzz.ts';
import { file } from '../lab/support.ts';

const capture = (value: unknown) => captureText(typeof value === 'string' ? value : JSON.stringify(value));
const user = (content: unknown) => ({ role: 'user', content });
const notes = (report: ReturnType<typeof capture>['report']) =>
	report.map(({ line, what, outcome, note }) => `${line ?? '-'} ${what} ${outcome}: ${note}`);

describe('captures of other forms', () => {
	it('keep the older function_call and its result as a call and its result', () => {
		const { conversations, report } = capture({
			messages: [
				{ role: 'system', content: 'Use the timetable.' },
				user('When does the ferry go?'),
				{ role: 'assistant', content: null, function_call: { name: 'timetable', arguments: '{"pier":"A"}' } },
				{ role: 'function', name: 'timetable', content: '{"next":"10:15"}' },
				{ role: 'assistant', content: 'At a quarter past ten.' },
			],
		});
		assert.deepEqual(conversations[0]?.messages[1]?.content, [
			{ type: 'tool-call', name: 'timetable', input: { pier: 'A' } },
			{ type: 'tool-result', content: '{"next":"10:15"}', name: 'timetable' },
			{ type: 'text', text: 'At a quarter past ten.' },
		]);
		assert.deepEqual(report, []);
	});

	it("take a refusal for the assistant's turn, and keep a turn without content, so that neighbours stay apart", () => {
		const { conversations, report } = capture([
			user('One'),
			{ role: 'assistant', content: null, refusal: 'I cannot.' },
			user('Two'),
			{ role: 'assistant', content: null },
			user('Three'),
		]);
		assert.deepEqual(
			conversations[0]?.messages.map(({ role, content }) => `${role}: ${JSON.stringify(content)}`),
			['user: "One"', 'assistant: "I cannot."', 'user: "Two"', 'assistant: ""', 'user: "Three"'],
		);
		assert.deepEqual(notes(report), [
			'- message 2 changed: A refusal is kept as the text of the assistant',
			'- message 4 kept: The turn of the assistant is empty',
		]);
	});

	it("keep Mistral's lists of thinking, with call, result and answer", () => {
		const thinking = (text: string) => ({ type: 'thinking', thinking: [{ type: 'text', text }], closed: true });
		const { format, conversations, report } = capture({
			messages: [
				user('12 times 12?'),
				{
					role: 'assistant',
					content: [thinking('Better ask.')],
					tool_calls: [{ id: 'c1', function: { name: 'multiply', arguments: '{"a":12,"b":12}' } }],
				},
				{ role: 'tool', tool_call_id: 'c1', name: 'multiply', content: '144' },
				{ role: 'assistant', content: [thinking('It is 144.'), { type: 'text', text: '144' }] },
			],
		});
		assert.equal(format, 'openai-chat');
		assert.deepEqual(conversations[0]?.messages[1]?.content, [
			{ type: 'thinking', text: 'Better ask.' },
			{ type: 'tool-call', id: 'c1', name: 'multiply', input: { a: 12, b: 12 } },
			{ type: 'tool-result', content: '144', id: 'c1', name: 'multiply' },
			{ type: 'thinking', text: 'It is 144.' },
			{ type: 'text', text: '144' },
		]);
		assert.deepEqual(report, []);
	});

	it('join the parts of a message as they are, and name what is no text', () => {
		const image = { type: 'image_url', image_url: { url: 'data:,' } };
		const { conversations, report } = capture([
			user([{ type: 'text', text: 'What is ' }, { type: 'text', text: 'this? ' }, image]),
			{
				role: 'assistant',
				content: [
					{ type: 'text', text: 'A let' },
					{ type: 'text', text: 'ter.' },
				],
			},
		]);
		assert.deepEqual(
			conversations[0]?.messages.map(({ content }) => content),
			['What is this? [image_url]', 'A letter.'],
		);
		assert.deepEqual(notes(report), [
			'- message 1 changed: A part of type "image_url" is kept as a word in brackets',
		]);
	});

	it('read one conversation a line, name the lines that are none, and every field that is not kept', () => {
		const answer = { role: 'assistant', content: 'A', weight: 1 };
		const lines = [
			[user('1'), answer],
			{ messages: [user('2'), answer], tools: [{ type: 'function' }] },
			{ kind: 'other', number: 4 },
			{ conversations: [{ from: 'human', value: '5' }] },
			{ conversations: [] },
		].map((value) => JSON.stringify(value));
		const { format, conversations, report } = capture(`\ufeff${lines.join('\n\n')}\n{broken\n`);
		assert.equal(format, 'openai-chat, sharegpt');
		assert.deepEqual(
			conversations.map(({ messages }) => messages[0]?.content),
			['1', '2', '5'],
		);
		assert.deepEqual(notes(report), [
			'10 the line dropped: It is not valid JSON',
			'5 the line dropped: It is not a conversation but an object with "kind", "number"',
			'9 the line dropped: It is not a conversation but an object without conversations',
			'- weight dropped: A fixture has no place for it (in 2 places)',
			'- tools dropped: A fixture has no place for it',
		]);
	});

	it('read lists of conversations, and a message a line as one conversation', () => {
		const pair = [user('Q'), { role: 'assistant', content: 'A' }];
		assert.equal(capture([pair, pair]).conversations.length, 2);
		assert.equal(capture([{ messages: pair }, { messages: pair }]).conversations.length, 2);
		const one = capture(pair.map((message) => JSON.stringify(message)).join('\n'));
		assert.deepEqual([one.conversations.length, one.conversations[0]?.messages.length], [1, 2]);
		const { conversations, report } = capture([
			{ conversations: [{ from: 'human', value: 'Q' }] },
			{ conversations: [] },
		]);
		assert.equal(conversations.length, 1);
		assert.deepEqual(notes(report), [
			'- conversation 2 dropped: It is not a conversation but an object without conversations',
		]);
	});

	it('say at which line what was seen where nothing is a conversation', () => {
		for (const [text, seen] of [
			['\n{"a":1}\n{"b":2}', 'In it, line 2 is an object with "a".'],
			['{"a":1}', 'It is an object with "a".'],
			['[[1]]', 'is a list that begins with a number.'],
		] as const) {
			assert.throws(
				() => captureText(text),
				(error) => isAppError(error, 'validation') && error.message.includes(seen),
				text,
			);
		}
	});

	it('say how much text stands before the first speaker', () => {
		const { report } = capture('Transcript of Monday\n\nUser: Hello\nAssistant: Hi');
		assert.deepEqual(notes(report), ['- the beginning dropped: 1 line before the first speaker']);
	});

	const hidden = 'The plan: say two.';
	const tagged = {
		messages: [user('When?'), { role: 'assistant', content: `<think>\n${hidden}\n</think>\n\nAt two.` }],
	};

	it('take thinking in tags for thinking, in captures and in fixtures, and never send it', () => {
		const captured = capture(tagged).conversations[0]?.messages ?? [];
		const loaded = normaliseFixture(tagged, 'a').sections[0]?.conversations[0]?.messages ?? [];
		const parts = [{ type: 'text', text: `[THINK]${hidden}[/THINK]At two.` }];
		const inParts = normaliseFixture({ messages: [user('When?'), { role: 'assistant', content: parts }] }, 'a');
		for (const messages of [captured, loaded]) {
			assert.deepEqual(messages[1], { role: 'assistant', content: 'At two.', thinking: hidden });
		}
		for (const messages of [captured, loaded, inParts.sections[0]?.conversations[0]?.messages ?? []]) {
			const sent = JSON.stringify(toModelMessages(messages));
			assert.ok(sent.includes('At two.') && !sent.includes('plan'), sent);
		}
	});

	it('leave text that speaks of the tags as it is', () => {
		const content = 'Use `<think>` and `</think>` around the reasoning.';
		const [, answer] = capture([user('How?'), { role: 'assistant', content }]).conversations[0]?.messages ?? [];
		assert.deepEqual(answer, { role: 'assistant', content });
	});

	it('are no way to a prototype, and end for any nesting', () => {
		const { conversations } = capture(
			'[{"role":"user","content":"Q","__proto__":{"polluted":1}},{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"thinking","thinking":"deep"}]}]}]',
		);
		assert.equal(conversations[0]?.messages[1]?.thinking, 'deep');
		assert.equal(({} as { polluted?: number }).polluted, undefined);
	});

	it('fuzzed: messages of any form make a fixture or a validation error', () => {
		const anything = fc.jsonValue({ maxDepth: 3 });
		const content = fc.oneof(
			fc.string(),
			fc.constant(null),
			fc.array(
				fc.record(
					{
						type: fc.constantFrom('text', 'thinking', 'tool_use', 'tool_result', 'refusal', 'x'),
						text: anything,
						thinking: anything,
						content: anything,
						id: anything,
					},
					{ requiredKeys: [] },
				),
			),
			anything,
		);
		const message = fc.record(
			{
				role: fc.constantFrom('user', 'assistant', 'tool', 'system', 'function', 'robot'),
				content,
				tool_calls: anything,
				function_call: anything,
				refusal: anything,
				reasoning: anything,
			},
			{ requiredKeys: ['role'] },
		);
		holds(
			fc.property(
				fc.oneof(fc.array(message), fc.record({ messages: fc.array(message) }), fc.array(fc.array(message))),
				(value) => {
					try {
						const { conversations } = capture(value);
						normaliseFixture(
							JSON.parse(fixtureFileText({ name: 'n', description: '', conversations })),
							'x',
						);
					} catch (error) {
						assert.ok(isAppError(error, 'validation'), String(error));
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('recorded conversations among the fixtures', () => {
	const pair = [user('Q'), { role: 'assistant', content: 'A', name: 'x' }];
	const lines = `${JSON.stringify(pair)}\n${JSON.stringify({ messages: pair, rating: 5 })}\nnonsense\n`;
	const list = (...files: ReturnType<typeof file>[]) => new Fixtures({ list: async () => files });

	it('are listed with what was not kept, and load, whatever their name', async () => {
		for (const id of ['w/bank.jsonl', 'w/bank.json']) {
			const fixtures = list(file(id, lines));
			const [summary] = await fixtures.list();
			assert.equal(summary?.error, undefined);
			assert.equal(summary?.name, 'bank');
			assert.equal(
				summary.description,
				'Recorded conversations (openai-chat). Changed or dropped: line 3: the line: It is not valid JSON; rating: A fixture has no place for it',
			);
			const fixture = await fixtures.load('bank');
			assert.equal(fixture.sections[0]?.conversations.length, 2);
		}
	});

	it('say why not where they are none', async () => {
		const [summary] = await list(file('w/rows.jsonl', '{"a":1}\n{"a":2}\n')).list();
		assert.match(
			summary?.error ?? '',
			/not a conversation in a known format\. In it, line 1 is an object with "a"/,
		);
		const [broken] = await list(file('w/broken.json', '{\n"name": 1')).list();
		assert.match(broken?.error ?? '', /not valid JSON/);
	});
});
