import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../src/common/errors.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { jsonDepth } from '../../../src/formats/capture/jsonDepth.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import { holds } from '../../support/fuzz.ts';

const messages = [
	{ role: 'user', content: 'Why?' },
	{ role: 'assistant', content: 'Because.', thinking: 'Hm.' },
];
const bytes = (text: string) => new TextEncoder().encode(text);

describe('normaliseFixture', () => {
	it('takes the sectioned form over as it is', () => {
		const fixture = normaliseFixture(
			{
				name: 'Tutor',
				module: 'teaching',
				description: 'd',
				baseSystemPrompt: 'b',
				sections: [{ name: 's', instructions: 'i', context: 'c', conversations: [{ label: 'l', messages }] }],
			},
			'root/a.json',
		);
		assert.deepEqual(fixture, {
			id: 'root/a.json',
			name: 'Tutor',
			module: 'teaching',
			description: 'd',
			type: 'conversations',
			baseSystemPrompt: 'b',
			sections: [{ name: 's', instructions: 'i', context: 'c', conversations: [{ label: 'l', messages }] }],
		});
	});

	it('brings the flat form to one section named like the fixture', () => {
		const fixture = normaliseFixture(
			{ name: 'Flat', baseSystemPrompt: 'b', instructions: 'i', context: 'c', conversations: [{ messages }] },
			'r/f.json',
		);
		assert.deepEqual(fixture.sections, [
			{ name: 'Flat', instructions: 'i', context: 'c', conversations: [{ label: 'Conversation 1', messages }] },
		]);
		assert.equal(fixture.baseSystemPrompt, 'b');
	});

	it('brings the single form to one conversation, with the prompt as parts or as a string', () => {
		const parts = normaliseFixture(
			{ name: 'S', systemPrompt: { base: 'b', instructions: 'i' }, previousContent: 'before', messages },
			'r/s.json',
		);
		assert.equal(parts.baseSystemPrompt, 'b');
		assert.deepEqual(parts.sections, [
			{ name: 'S', instructions: 'i', context: 'before', conversations: [{ label: 'S', messages }] },
		]);
		const text = normaliseFixture({ systemPrompt: 'whole', messages }, 'r/deep/my-chat.fixture.json');
		assert.equal(text.baseSystemPrompt, 'whole');
		assert.equal(text.name, 'my-chat');
	});

	it('reads assessments, with expected scores as numbers or labels', () => {
		const fixture = normaliseFixture(
			{
				name: 'A',
				type: 'assessment',
				sections: [
					{
						name: 's',
						instructions: 'rubric',
						items: [
							{ label: 'x', question: 'q', answer: 'a', expected: 4 },
							{ question: 'q', answer: 'a', expected: 'good' },
							{ question: 'q', answer: 'a' },
						],
					},
				],
			},
			'r/a.json',
		);
		assert.equal(fixture.type, 'assessment');
		assert.deepEqual(
			fixture.sections[0]?.items?.map(({ label, expected }) => [label, expected]),
			[
				['x', 4],
				['Item 2', 'good'],
				['Item 3', undefined],
			],
		);
		assert.deepEqual(fixture.sections[0]?.conversations, []);
	});

	it('keeps parts of every kind and drops fields that it does not know [attack 2]', () => {
		const content = [
			{ type: 'thinking', text: 't' },
			{ type: 'tool-call', id: '1', name: 'search', input: { q: 1 }, baseUrl: 'https://evil.example' },
			{ type: 'tool-result', id: '1', name: 'search', content: 'found', isError: true },
			{ type: 'text', text: 'x' },
		];
		const fixture = normaliseFixture(
			{
				apiKey: 'k',
				messages: [
					{ role: 'user', content: 'q' },
					{ role: 'assistant', content },
				],
			},
			'r/p.json',
		);
		const { baseUrl: _dropped, ...call } = content[1] as Record<string, unknown>;
		assert.deepEqual(fixture.sections[0]?.conversations[0]?.messages[1]?.content, [
			content[0],
			call,
			content[2],
			content[3],
		]);
		assert.ok(!('apiKey' in fixture));
	});

	for (const [what, json, place] of [
		['a list', [], 'the fixture'],
		['null', null, 'the fixture'],
		['nothing to replay', { name: 'x' }, 'the fixture'],
		['a section that is a string', { sections: ['x'] }, 'sections[0]'],
		['an unknown role', { messages: [{ role: 'robot', content: '' }] }, 'messages[0].role'],
		[
			'a number as content',
			{ conversations: [{ messages: [{ role: 'user', content: 3 }] }] },
			'conversations[0].messages[0].content',
		],
		[
			'an unknown part',
			{ messages: [{ role: 'user', content: [{ type: 'image' }] }] },
			'messages[0].content[0].type',
		],
		['an item without an answer', { type: 'assessment', items: [{ question: 'q' }] }, 'items[0].answer'],
		['an unknown type', { type: 'poem', messages: [] }, 'type'],
		[
			'an expected score that is a list',
			{ type: 'assessment', items: [{ question: 'q', answer: 'a', expected: [] }] },
			'items[0].expected',
		],
	] as const) {
		it(`refuses ${what} and names the place`, () => {
			assert.throws(
				() => normaliseFixture(json, 'r/x.json'),
				(error) => isAppError(error, 'validation') && error.message.startsWith(place),
			);
		});
	}

	it('answers any JSON with a fixture or a validation error [attack 9]', () => {
		const key = fc.constantFrom(
			'name',
			'sections',
			'messages',
			'conversations',
			'items',
			'type',
			'role',
			'content',
			'__proto__',
		);
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof(
				{ maxDepth: 5 },
				fc.constantFrom('assessment', 'user', 'assistant', 'text', 0, null, true),
				fc.array(tie('tree'), { maxLength: 3 }),
				fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
			),
		}));
		holds(
			fc.property(tree, (json) => {
				try {
					assert.ok(Array.isArray(normaliseFixture(json, 'r/x.json').sections));
				} catch (error) {
					assert.ok(isAppError(error, 'validation'), String(error));
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('parseFixture', () => {
	it('refuses what is no UTF-8, no JSON, or cut off', () => {
		for (const [content, reason] of [
			[new Uint8Array([0x7b, 0xff, 0x7d]), /not UTF-8/],
			[bytes('{"messages": ['), /not valid JSON/],
			[bytes(''), /not valid JSON/],
		] as const) {
			assert.throws(
				() => parseFixture(content, 'r/x.json'),
				(error) => isAppError(error, 'validation') && reason.test(error.message),
			);
		}
	});

	it('reads a file with a byte order mark', () => {
		assert.equal(parseFixture(bytes('\ufeff{"name":"n","messages":[]}'), 'r/x.json').name, 'n');
	});

	it('refuses a hundred thousand nested lists without exhausting the stack [attack 9]', () => {
		assert.throws(
			() => parseFixture(bytes('['.repeat(100_000) + ']'.repeat(100_000)), 'r/x.json'),
			/nested deeper than 64/,
		);
	});

	it('refuses a file above 20 MB [attack 9]', () => {
		assert.throws(
			() => parseFixture(new Uint8Array(20 * 1024 * 1024 + 1), 'r/x.json'),
			/20\.0 MB; the limit is 20 MB/,
		);
	});

	it('counts depth outside of strings only', () => {
		assert.equal(jsonDepth('{"a":"[[[{\\"[","b":[1,[2]]}', 100), 3);
	});
});
