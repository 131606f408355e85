import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Fixture } from '../../../src/common/api.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import { toModelMessages } from '../../../src/runs/modelMessages.ts';
import { ask, assistant, user } from './ask.ts';

const folder = new URL('../../../fixtures/lab/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.fixture.json'));
const raw = new Map(files.map((name) => [name, readFileSync(new URL(name, folder))]));
const fixtures: Fixture[] = [...raw].map(([name, bytes]) => parseFixture(bytes, name));

describe('lab answers of the guide', () => {
	it('quotes the sentences of the conversation that share most words with the last message', async () => {
		const { text, thinking } = await ask({
			purpose: 'lab',
			system: 'Speak like a pirate.',
			messages: [
				user('The pump at the north well fails at night. The gate is painted green.'),
				assistant('Which pump, and since when does it fail?'),
				user('Why does the pump fail?'),
			],
		});
		assert.match(text, /not a language model/);
		assert.match(text, /do not follow the system prompt/);
		assert.match(text, /- “The pump at the north well fails at night\.” \(user, message 1\)/);
		assert.match(text, /\(assistant, message 2\)/);
		assert.doesNotMatch(text, /green|pirate/);
		assert.match(thinking, /Messages in the conversation: 3/);
		assert.match(thinking, /earlier messages that share words with it: 2/);
	});

	it('quotes the system prompt where the conversation says nothing, and says so', async () => {
		const { text } = await ask({
			purpose: 'lab',
			system: 'The counter opens at nine.',
			messages: [user('When does the counter open?')],
		});
		assert.match(text, /says nothing more about it[\s\S]*“The counter opens at nine\.” \(system prompt\)/);
	});

	it('says that it has nothing where no word is shared', async () => {
		const { text } = await ask({ purpose: 'lab', system: 'Be kind.', messages: [user('Zebra?')] });
		assert.match(text, /nothing to answer with/);
	});
});

describe('bundled fixtures', () => {
	it('show each form, thinking, tool results and expected scores', () => {
		const forms = [...raw.values()].map((bytes) => JSON.parse(bytes.toString()) as Record<string, unknown>);
		for (const key of ['sections', 'conversations', 'messages', 'items']) {
			const has = (value: unknown): boolean => typeof value === 'object' && value !== null && key in value;
			assert.ok(
				forms.some((form) => has(form) || (Array.isArray(form['sections']) && form['sections'].some(has))),
				key,
			);
		}
		const sections = fixtures.flatMap((fixture) => fixture.sections);
		const messages = sections.flatMap(({ conversations }) => conversations.flatMap((each) => each.messages));
		assert.ok(messages.some(({ thinking }) => thinking !== undefined));
		assert.ok(
			messages.some(
				({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'tool-result'),
			),
		);
		assert.ok(sections.every(({ items = [] }) => items.every(({ expected }) => expected !== undefined)));
	});

	for (const fixture of fixtures) {
		it(`“${fixture.name}” describes itself, alternates its turns, and the guide answers each of them`, async () => {
			assert.ok(fixture.description.length >= 60 && fixture.module !== '');
			for (const section of fixture.sections) {
				for (const { label, messages } of section.conversations) {
					messages.forEach(({ role }, index) =>
						assert.equal(role, index % 2 === 0 ? 'user' : 'assistant', label),
					);
					for (const [index] of messages.entries()) {
						if (index % 2 === 0) {
							const before = toModelMessages(messages.slice(0, index + 1));
							const system = [fixture.baseSystemPrompt, section.instructions, section.context].join(
								'\n\n',
							);
							const { stopReason, text } = await ask({ purpose: 'lab', system, messages: before });
							assert.equal(stopReason, 'stop');
							assert.match(text, /^- “|nothing to answer with/m);
						}
					}
				}
			}
		});
	}
});
