import assert from 'node:assert/strict';
import { hear, replay } from '../../support/wire/replay.ts';
import { sse } from '../../support/wire/sseText.ts';
import { processorTime } from '../../support/processorTime.ts';

const parts = (...events: unknown[]) => replay('responses', [Buffer.from(events.map((event) => sse(event)).join(''))]);
const heard = async (...events: unknown[]) => hear(await parts(...events));

const event = (type: string, output_index: number, fields: object) => ({
	type: `response.${type}`,
	output_index,
	...fields,
});
const say = (index: number, content_index: number, delta: string) =>
	event('output_text.delta', index, { content_index, delta });
const message = (...texts: string[]) => ({
	type: 'message',
	id: 'msg',
	role: 'assistant',
	status: 'completed',
	content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })),
});
const added = (index: number, item: object) => event('output_item.added', index, { item });
const done = (index: number, item: object) => event('output_item.done', index, { item });
const completed = (...output: object[]) => ({
	type: 'response.completed',
	response: { status: 'completed', output },
});
const call = (args: string) => ({ type: 'function_call', id: 'fc', call_id: 'c1', name: 'search', arguments: args });

describe('Items of the Responses API', () => {
	it('are known by their text, however their parts are counted', async () => {
		const answer = message('Sand is small stone.');
		const streams = {
			'another index in the end': [say(0, 3, 'Sand is '), say(0, 3, 'small stone.')],
			'an index for every piece': ['Sand ', 'is ', 'small ', 'stone.'].map((text, index) => say(0, index, text)),
			'half of it': [say(0, 0, 'Sand is ')],
			'an empty piece': [say(0, 0, '')],
			nothing: [],
			'a space less': [say(0, 0, 'Sand is small stone. ')],
		};
		for (const [name, pieces] of Object.entries(streams)) {
			for (const end of [
				[done(0, answer), completed(answer)],
				[completed(answer)],
				[done(0, answer), completed()],
			]) {
				const said = await parts(...pieces, ...end);
				assert.equal(hear(said).text.trimEnd(), 'Sand is small stone.', name);
				assert.equal(new Set(said.flatMap((part) => (part.type === 'text' ? [part.id] : []))).size, 1, name);
			}
		}
	});

	it('of which a part did not stream are shown whole', async () => {
		const both = message('First.', 'Second.');
		assert.equal((await heard(say(0, 0, 'First.'), done(0, both), completed(both))).text, 'First.Second.');
		const second = await heard(say(0, 1, 'Second.'), done(0, both), completed(both));
		assert.equal(second.text, 'Second.First.', 'what came first stays first');
		const later = await heard(done(0, message()), completed(both));
		assert.equal(later.text, 'First.Second.', 'the end of the answer adds to the end of the item');
	});

	it('are parts of their own where the server announces them', async () => {
		const part = event('content_part.added', 0, { part: { type: 'output_text', text: '' } });
		const said = await parts(part, say(0, 0, 'One.'), part, say(0, 1, 'Two.'), completed(message('One.', 'Two.')));
		assert.equal(new Set(said.flatMap((one) => (one.type === 'text' ? [one.id] : []))).size, 2);
		assert.equal(hear(said).text, 'One.Two.');
	});

	it('go back as they were streamed, where their end says less', async () => {
		const item = message();
		const streamed = [added(0, item), say(0, 0, 'I look it up.'), done(0, item)];
		const withCall = [
			added(1, call('')),
			event('function_call_arguments.delta', 1, { delta: '{"q":' }),
			event('function_call_arguments.delta', 1, { delta: '"sand"}' }),
			done(1, call('')),
		];
		const { text, toolCalls, native } = await heard(...streamed, ...withCall, completed(item, call('')));
		assert.equal(text, 'I look it up.');
		assert.deepEqual(toolCalls, [{ id: 'c1', name: 'search', input: { q: 'sand' } }]);
		assert.deepEqual(native, [message('I look it up.'), call('{"q":"sand"}')]);
	});

	it('go back although their end is missing', async () => {
		const { text, toolCalls, native, stopReason } = await heard(
			added(0, message()),
			say(0, 0, 'I look it up.'),
			added(1, call('')),
			event('function_call_arguments.delta', 1, { delta: '{"q":"sand"}' }),
			completed(),
		);
		assert.deepEqual([text, stopReason], ['I look it up.', 'tools']);
		assert.deepEqual(toolCalls, [{ id: 'c1', name: 'search', input: { q: 'sand' } }]);
		assert.deepEqual(native, [message('I look it up.'), call('{"q":"sand"}')]);
	});

	it('of thinking go back with the thinking that streamed', async () => {
		const thought = { type: 'reasoning', id: 'rs', summary: [] };
		const { thinking, native } = await heard(
			event('reasoning_text.delta', 0, { content_index: 0, delta: 'Hm' }),
			done(0, thought),
			done(1, message('Yes')),
			completed(),
		);
		assert.equal(thinking, 'Hm');
		assert.deepEqual(native, [{ ...thought, content: [{ type: 'reasoning_text', text: 'Hm' }] }, message('Yes')]);
	});

	it('that all have one index are items of their own', async () => {
		const first = { ...message('One.'), id: 'a' };
		const second = { ...message('Two.'), id: 'b' };
		const { text, native } = await heard(
			added(0, { ...first, content: [] }),
			say(0, 0, 'One.'),
			done(0, first),
			added(0, { ...second, content: [] }),
			say(0, 0, 'Two.'),
			done(0, second),
			completed(first, second),
		);
		assert.equal(text, 'One.Two.');
		assert.deepEqual(native, [first, second]);
	});

	describe('that are commentary', () => {
		const phase = (name: string, item: object) => ({ ...item, phase: name });
		const answer = phase('final_answer', { ...message('Sand is small stone.'), id: 'b' });

		it('are apart from the answer, whether the phase comes before or after the words', async () => {
			const spoken = phase('commentary', { ...message('I look it up.'), id: 'a' });
			const early = [added(0, { ...spoken, content: [] }), say(0, 0, 'I look '), say(0, 0, 'it up.')];
			const late = [added(0, { ...message(), id: 'a' }), say(0, 0, 'I look '), say(0, 0, 'it up.')];
			for (const begun of [early, late, []]) {
				const { text, thinking, native } = await heard(
					...begun,
					done(0, spoken),
					added(1, { ...answer, content: [] }),
					say(1, 0, 'Sand is small stone.'),
					done(1, answer),
					completed(spoken, answer),
				);
				assert.deepEqual([text, thinking], ['Sand is small stone.', 'I look it up.']);
				assert.deepEqual(native, [spoken, answer], 'they go back with their phase');
			}
		});

		it('keep a phase that their end does not name', async () => {
			const item = { ...message(), id: 'a' };
			const { text, thinking, native } = await heard(
				added(0, phase('commentary', item)),
				say(0, 0, 'I look it up.'),
				done(0, item),
				done(1, answer),
				completed(),
			);
			assert.deepEqual([text, thinking], ['Sand is small stone.', 'I look it up.']);
			assert.equal((native[0] as { phase: string }).phase, 'commentary');
		});
	});

	it('of any number are read in linear time, with any index [attack 20]', async () => {
		const items = Array.from({ length: 20_000 }, (_, index) => ({ ...message(`${index} `), id: `m${index}` }));
		const used = processorTime();
		const said = await parts(
			...items.map((_, index) => say(300_000_000 + index, 0, `${index} `)),
			completed(...items.map((item, index) => ({ ...item, content: index === 0 ? [] : item.content }))),
		);
		const took = used();
		assert.ok(said.filter(({ type }) => type === 'text').length >= items.length);
		assert.equal(said.at(-1)?.type, 'done');
		assert.ok(took < 10_000, `${took} ms`);
	});
});
