import assert from 'node:assert/strict';
import { ForeignFile, maxFileLength } from '../../../../src/formats/reading/foreignFile.ts';

describe('a file of another tool [attack 9]', () => {
	it('is refused before it is parsed if it is too long', () => {
		assert.throws(() => new ForeignFile('a.json', ' '.repeat(maxFileLength + 1)), /An import may have at most/);
	});

	it('has JSON, or says where it is broken', () => {
		assert.deepEqual(new ForeignFile('a.json', '\ufeff{"a": 1}').json, { a: 1 });
		const broken = new ForeignFile('a.json', '{"a": 1,\n "b" 2}');
		assert.equal(broken.json, undefined);
		assert.throws(() => broken.requireJson(), /Line 2, column 6: This is not valid JSON/);
		assert.throws(() => new ForeignFile('a.json', '{"a": [').requireJson(), /Line 1, column 8/);
		assert.throws(() => new ForeignFile('a.json', '['.repeat(100_000)).requireJson(), /nested deeper than 64/);
	});

	it('has JSON Lines, or says which line is broken', () => {
		const rows = (text: string) => [...new ForeignFile('a.jsonl', text).rows()];
		assert.deepEqual(rows('{"a":1}\n\n[2]\r\n'), [
			{ value: { a: 1 }, line: 1 },
			{ value: [2], line: 3 },
		]);
		assert.throws(() => rows('{"a":1}\n{"a"\n'), /Line 2, column 1/);
	});

	it('has YAML without bombs and prototypes', () => {
		const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
		for (let level = 1; level < 8; level++) {
			const before = String.fromCharCode(96 + level);
			const name = String.fromCharCode(97 + level);
			bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`);
		}
		assert.throws(
			() => new ForeignFile('a.yaml', bomb.join('\n')).requireYaml(),
			/Line \d, column \d+: The aliases of this file stand for more than/,
		);
		assert.throws(() => new ForeignFile('a.yaml', 'a: 1\n__proto__: { b: 1 }').requireYaml(), /Line 2, column 1/);
		assert.equal(new ForeignFile('a.yaml', '').yaml, undefined);
	});

	it('has a name, a stem and a folder', () => {
		const file = new ForeignFile('a\\b/triage.prompt.yml', '');
		assert.deepEqual([file.name, file.stem, file.folderName], ['triage.prompt.yml', 'triage', 'b']);
	});
});
