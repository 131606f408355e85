import assert from 'node:assert/strict';
import { findingsOf, fixed } from '../../../../support/lintCase.ts';

const block = (json: string, language = 'json') => `Answer like this:\n\`\`\`${language}\n${json}\n\`\`\`\nBe brief.`;
const found = (json: string) =>
	findingsOf('invalid-example', block(json)).map(({ start, end, message }) => [
		block(json).slice(start, end),
		message.replace(/^.*?: /, ''),
	]);

describe('invalid-example', () => {
	for (const [json, mark, message] of [
		['{"a": [1, 2}', '}', 'the "}" closes nothing'],
		['{"a": {"b": 1}', '{', 'the "{" is not closed'],
		['{"a": 1}}', '}', 'the "}" closes nothing'],
		['{"a": 1 "b": 2}', '"', 'a comma is missing before this'],
		['{"a": "text}', '"', 'the text that begins here is not closed on its line'],
		["{'a': 1}", "'a'", 'names and texts need double quotes'],
		['{a: 1}', 'a', 'names and texts need double quotes'],
		['{"a": [1, 2,]}', ',', 'nothing follows this comma'],
	] as const) {
		it(`finds what is wrong in ${json}`, () => {
			assert.deepEqual(found(json), [[mark, message]]);
		});
	}

	for (const json of [
		'{"a": 1}',
		'{"a": 1}\n{"b": 2}',
		'{"a": 1, // the first\n /* more */ "b": "c"}',
		'{"a": 1, ...}',
		'{"items": [{"a": 1}, …]}',
		'[{"a": 1}\n ...\n {"a": 2}]',
		'{"name": {{name}}, "{{key}}": "x", "list": [${items}]}',
		'{"score": number, "label": "billing" | "bug", "note"?: string}',
		'{score: number, due: <date>}',
		'{"flag": true, # why\n "b": 2}',
		'{{"a": 1}}',
		'{"label": low | high, }',
		'',
	]) {
		it(`understands ${JSON.stringify(json)}`, () => {
			assert.deepEqual(found(json), []);
		});
	}

	it('reads blocks that say that they are JSON, and no others', () => {
		assert.deepEqual(findingsOf('invalid-example', block('{a', 'json5')), []);
		assert.deepEqual(findingsOf('invalid-example', block('{a', 'text')), []);
		assert.equal(findingsOf('invalid-example', block('{"a": 1}\n{"a": 2', 'jsonl')).length, 1);
	});

	it('removes a comma that nothing follows', () => {
		assert.equal(fixed('invalid-example', block('{"a": 1,\n}')), block('{"a": 1\n}'));
	});
});
