import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { captureText, type Capture } from '../../../src/formats/capture/all.ts';
import { fixtureFileText } from '../../../src/formats/capture/toFixtureFile.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import { damagedBytes, fuzz } from '../../support/fuzz.ts';

const conversation =
	'[{"role":"system","content":"S"},{"role":"user","content":"Q"},{"role":"assistant","content":"<think>T</think>A"}]';
const samples = [
	conversation,
	'{"messages":[{"role":"user","content":[{"type":"text","text":"Q"},{"type":"image_url"}]},{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},{"role":"tool","tool_call_id":"1","content":"R"}]}\n',
	'{"system":"S","messages":[{"role":"user","content":"Q"},{"role":"assistant","content":[{"type":"thinking","thinking":"T"},{"type":"tool_use","id":"1","name":"f","input":{}}]}]}\n',
	'{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}\n',
	'{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"A"}]}]}\n',
	'User: Q\n\nAssistant: A\n',
	'{"name":"F","systemPrompt":{"base":"B","instructions":"I"},"messages":[{"role":"user","content":"Q"}]}',
	'{"type":"assessment","sections":[{"name":"S","instructions":"R","items":[{"label":"L","question":"Q","answer":"A"}]}]}',
	'\ufeff',
	'\n',
];
/** Values of any shape under the names that the readers look for. */
const anyJson = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
	leaf: fc.oneof(
		fc.constantFrom<unknown>('user', 'assistant', 'tool', 'text', 'thinking', 'tool_use', '', null, true, 7),
		fc.string({ unit: 'grapheme', maxLength: 6 }),
	),
	value: fc.oneof(
		{ maxDepth: 5 },
		tie('leaf'),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(
			fc.constantFrom(
				...['messages', 'role', 'content', 'type', 'text', 'thinking', 'tool_calls', 'function', 'arguments'],
				...[
					'name',
					'system',
					'conversations',
					'from',
					'value',
					'output',
					'input',
					'sections',
					'items',
					'__proto__',
				],
				...[
					'systemPrompt',
					'base',
					'instructions',
					'question',
					'answer',
					'label',
					'summary',
					'reasoning_content',
				],
			),
			tie('value'),
			{ maxKeys: 5 },
		),
	),
})).value;

/** Reads, or fails with an error that says why. */
function readOrRefused<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		assert.ok(isAppError(error, 'validation'), String(error instanceof Error ? error.stack : error));
		assert.notEqual(error.message, '');
		return undefined;
	}
}

/** What was captured is a fixture that the Lab reads back as it is. */
function checkCapture({ conversations, report }: Capture): void {
	for (const { messages } of conversations) {
		assert.ok(messages.length > 0);
	}
	for (const { what, note } of report) {
		assert.notEqual(what, '');
		assert.notEqual(note, '');
	}
	const text = fixtureFileText({ name: 'F', description: '', conversations });
	const fixture = parseFixture(new TextEncoder().encode(text), 'r/f.fixture.json');
	const prompts = [...new Set(conversations.map(({ systemPrompt }) => systemPrompt))];
	const inOrder = prompts.flatMap((prompt) => conversations.filter(({ systemPrompt }) => systemPrompt === prompt));
	assert.deepEqual(
		fixture.sections.flatMap((section) => section.conversations.map(({ messages }) => messages.length)),
		inOrder.map(({ messages }) => messages.length),
	);
}

describe('recorded conversations and fixtures', () => {
	fuzz(
		'any bytes are a fixture or a reason [attack 9]',
		fc.property(
			damagedBytes(samples),
			fc.constantFrom('r/a.json', 'r/a.fixture.json', 'r/a.jsonl'),
			(bytes, id) => {
				const fixture = readOrRefused(() => parseFixture(bytes, id));
				assert.ok(fixture === undefined || (fixture.name !== '' && Array.isArray(fixture.sections)));
			},
		),
	);

	fuzz(
		'any text is a capture that can be read back, or a reason',
		fc.property(damagedBytes(samples), (bytes) => {
			const capture = readOrRefused(() => captureText(Buffer.from(bytes).toString('utf8')));
			if (capture) {
				checkCapture(capture);
			}
		}),
	);

	fuzz(
		'JSON of any shape is read or refused, as a fixture and as a capture [attack 22]',
		fc.property(anyJson, (value) => {
			const text = JSON.stringify(value);
			readOrRefused(() => parseFixture(new TextEncoder().encode(text), 'r/a.json'));
			const capture = readOrRefused(() => captureText(text));
			if (capture) {
				checkCapture(capture);
			}
		}),
	);
});
