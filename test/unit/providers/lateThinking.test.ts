import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldParts } from '../../../src/common/foldParts.ts';
import type { Turn } from '../../../src/common/turn.ts';
import type { Tool } from '../../../src/common/tools.ts';
import type { ModelPart, Models, RunPart } from '../../../src/providers/provider.ts';
import { holds } from '../../support/fuzz.ts';
import { chunked, hear, replay } from '../../support/wire/replay.ts';
import { sse } from '../../support/wire/sseText.ts';
import { collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const delta = (fields: object, finish_reason: string | null = null) =>
	sse({ choices: [{ index: 0, delta: fields, finish_reason }] });
const answer = (...deltas: object[]) => [...deltas.map((fields) => delta(fields)), delta({}, 'stop'), sse('[DONE]')];
const bytesOf = (events: string[]) => Buffer.from(events.join(''));

function turnOf(parts: readonly (ModelPart | RunPart)[]): Turn {
	return foldParts(parts.filter((part) => part.type !== 'request' && part.type !== 'native'));
}

/** The blocks of a turn with their texts, as they are shown and stored. */
function blocksOf(parts: readonly (ModelPart | RunPart)[]): string[] {
	return turnOf(parts).blocks.map((block) => `${block.type}: ${block.type === 'tool' ? block.name : block.text}`);
}

describe('Thinking that only its end shows', () => {
	it('is not looked for where the server sends thinking apart, or anything else than plain text', async () => {
		const text = 'The tag:\n</think>\nEnd';
		for (const other of [
			[{ reasoning_content: 'Hm.' }, { content: text }],
			[{ reasoning: 'Hm.' }, { content: text }],
			[{ reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }] }, { content: text }],
			[{ content: [{ type: 'thinking', thinking: 'Hm.' }] }, { content: text }],
			[{ content: 'The tag:' }, { reasoning: 'Hm.' }, { content: text.slice('The tag:'.length) }],
		]) {
			const heard = hear(await replay('chat', chunked(bytesOf(answer(...other)), 7)));
			assert.deepEqual([heard.thinking, heard.text], ['Hm.', text], JSON.stringify(other));
		}
		const plain = hear(await replay('chat', [bytesOf(answer({ content: [{ type: 'text', text }] }))]));
		assert.deepEqual([plain.thinking, plain.text], ['', text]);
	});

	it('stays with what was held back when something else follows', async () => {
		const parts = await replay('chat', chunked(bytesOf(answer({ content: 'a </thi' }, { reasoning: 'Hm.' })), 5));
		assert.deepEqual(blocksOf(parts), ['text: a </thi', 'thinking: Hm.']);
	});

	it('is the same in every chunking', async () => {
		const words = fc.array(fc.constantFrom('Hm', ' so', '. ', '\n', '`x`', 'ß🔍', '</', '> '), { maxLength: 6 });
		const property = fc.asyncProperty(
			words,
			words,
			fc.constantFrom('\n</think>\n\n', '.</think>'),
			fc.array(fc.nat(), { maxLength: 30 }),
			async (before, after, tag, cuts) => {
				const thinking = `A${before.join('')}`;
				const text = `B${after.join('')}`;
				const pieces = [...`${thinking}${tag}${text}`.matchAll(/[^]{1,3}/gu)].map(([content]) => ({ content }));
				const bytes = bytesOf(answer(...pieces));
				const heard = hear(
					await replay(
						'chat',
						chunked(
							bytes,
							cuts.map((cut) => cut % bytes.length),
						),
					),
				);
				const expected = thinking + tag.slice(0, tag.indexOf('<'));
				assert.deepEqual([heard.thinking, heard.text], [expected, text]);
			},
		);
		await holds(property, { numRuns: 100 });
	});

	describe('over HTTP', () => {
		let wire: WireServer;
		let models: Models;
		before(async () => {
			wire = await WireServer.start();
		});
		after(() => wire.stop());
		beforeEach(() => {
			wire.reset();
			models = wiredModels(wire);
		});

		const opened = answer({ content: 'So.\n</think>\n\nYes.' });
		async function types(model: string, body: string[], thinking: 'low' | 'off' = 'low'): Promise<string[]> {
			wire.reply('chat', body);
			const parts = await collect(models.run(runRequest({ model, thinking })));
			return parts.map(({ type }) => type).filter((type) => type !== 'request' && type !== 'native');
		}

		it('is text while it comes, then thinking, and the answer is a block of its own', async () => {
			wire.reply('chat', answer({ content: 'So.\n' }, { content: '</think>' }, { content: '\n\nYes.' }));
			const parts = await collect(models.run(runRequest({ model: 'local/m' })));
			assert.deepEqual(
				parts.filter(({ type }) => type !== 'request' && type !== 'native'),
				[
					{ type: 'text', id: 'text-1', text: 'So.\n' },
					{ type: 'reclassify', id: 'text-1', as: 'thinking' },
					{ type: 'text', id: 'text-2', text: 'Yes.' },
					{ type: 'done', stopReason: 'stop' },
				],
			);
			assert.deepEqual(blocksOf(parts), ['thinking: So.\n', 'text: Yes.']);
		});

		it('is thinking from the first word on in the next answer, for this model and this way of asking', async () => {
			assert.deepEqual(await types('local/m', opened), ['text', 'reclassify', 'text', 'done']);
			assert.deepEqual(await types('local/m', opened), ['thinking', 'text', 'done']);
			assert.deepEqual(await types('local/other', opened), ['text', 'reclassify', 'text', 'done']);
			const plain = answer({ content: 'Yes.' });
			assert.deepEqual(await types('local/m', plain, 'off'), ['text', 'done']);
			assert.deepEqual(await types('local/m', plain), ['thinking', 'reclassify', 'done']);
			assert.deepEqual(await types('local/m', plain), ['text', 'done']);
		});

		it('is no longer assumed once the server sends it apart', async () => {
			await types('local/m', opened);
			const apart = answer({ reasoning_content: 'Hm.' }, { content: 'Yes.' });
			assert.deepEqual(await types('local/m', apart), ['thinking', 'text', 'done']);
			assert.deepEqual(await types('local/m', answer({ content: 'Yes.' })), ['text', 'done']);
		});

		it('is no part of the answer in the next turn of another model, and goes back to this one as it came', async () => {
			const search: Tool = {
				name: 'search',
				description: 'Searches',
				inputSchema: { type: 'object' },
				run: async () => ({ content: 'found', summary: 'found' }),
			};
			const content = 'I must look.\n</think>\n\nLet me look.';
			const call = { index: 0, id: 'c1', function: { name: 'search', arguments: '{}' } };
			wire.reply('chat', [
				delta({ content }),
				delta({ tool_calls: [call] }),
				delta({}, 'tool_calls'),
				sse('[DONE]'),
			]);
			wire.reply('chat', answer({ content: 'Found it.</think>Here.' }));
			const parts = await collect(models.run(runRequest({ model: 'local/m', tools: [search] })));
			assert.deepEqual(blocksOf(parts), [
				'thinking: I must look.\n',
				'text: Let me look.',
				'tool: search',
				'thinking: Found it.',
				'text: Here.',
			]);
			const { blocks } = turnOf(parts);
			assert.equal(new Set(blocks.map(({ id }) => id)).size, blocks.length, 'ids are unique in the run');
			assert.ok(wire.requestsTo('chat')[1]?.text.includes(JSON.stringify(content)), 'as it came');
			const native = parts.find((part) => part.type === 'native')?.native;
			const rounds = native?.blocks as {
				message: { role: string; content: { type: string; text?: string }[] };
			}[];
			assert.deepEqual(
				rounds.map(({ message }) => message.content.map(({ type, text }) => text ?? type)),
				[['Let me look.', 'tool-call'], ['tool-result'], ['Here.']],
			);
		});
	});
});
