import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { Fixtures } from '../../../src/lab/fixtures.ts';
import { file } from './support.ts';

const messages = [{ role: 'user', content: 'q' }];
const fixtures = (...files: ReturnType<typeof file>[]) => new Fixtures({ list: async () => files });

describe('Fixtures', () => {
	it('lists by name, a malformed one with its error', async () => {
		const list = await fixtures(
			file('w/b.fixture.json', { name: 'Beta', module: 'm', messages }),
			file('w/broken.fixture.json', '{'),
			file('w/a.fixture.json', { name: 'Alpha', messages }),
		).list();
		assert.deepEqual(
			list.map(({ name }) => name),
			['Alpha', 'Beta', 'broken'],
		);
		assert.equal(list[1]?.module, 'm');
		assert.match(list[2]?.error ?? '', /not valid JSON/);
		assert.equal(list[0]?.error, undefined);
	});

	it('takes files that only may be fixtures when they carry the schema, and is silent about the others', async () => {
		const needsSchema = { needsSchema: true };
		const list = await fixtures(
			file(
				'w/fixtures/mine.json',
				{ $schema: '../media/fixture.schema.json', name: 'Mine', messages },
				needsSchema,
			),
			file('w/fixtures/other.json', { name: 'Other', messages }, needsSchema),
			file('w/fixtures/data.json', '[1,2', needsSchema),
		).list();
		assert.deepEqual(
			list.map(({ name }) => name),
			['Mine'],
		);
	});

	it('does not read a huge file', async () => {
		const huge = file('w/h.fixture.json', '', {
			size: 30 * 1024 * 1024,
			read: () => Promise.reject(new Error('was read')),
		});
		const [entry] = await fixtures(huge).list();
		assert.match(entry?.error ?? '', /30\.0 MB; the limit is 20 MB/);
		await assert.rejects(fixtures(huge).load(huge.id), /limit is 20 MB/);
	});

	it('lists a file that cannot be read with the reason', async () => {
		const [entry] = await fixtures(
			file('w/h.fixture.json', '', { read: () => Promise.reject(new Error('EACCES')) }),
		).list();
		assert.equal(entry?.error, 'EACCES');
	});

	it('loads by id and by a unique name, with slashes, unicode and dots', async () => {
		const all = fixtures(
			file('w/../x/ä/名前.fixture.json', { name: 'über/..', messages }),
			file('w/z.fixture.json', { name: 'Z', messages }),
		);
		assert.equal((await all.load('w/../x/ä/名前.fixture.json')).name, 'über/..');
		assert.equal((await all.load('über/..')).id, 'w/../x/ä/名前.fixture.json');
	});

	it('answers a missing one with its name', async () => {
		await assert.rejects(
			fixtures().load('nope'),
			(error) => isAppError(error, 'not-found') && error.message === "Fixture 'nope' not found",
		);
		await assert.rejects(fixtures().load('../../etc/passwd'), (error) => isAppError(error, 'not-found'));
	});

	it('refuses a name that two have, and names their ids', async () => {
		const twice = fixtures(file('a/x.json', { name: 'X', messages }), file('b/x.json', { name: 'X', messages }));
		await assert.rejects(
			twice.load('X'),
			(error) => isAppError(error, 'validation') && error.message.includes('a/x.json, b/x.json'),
		);
		assert.equal((await twice.load('b/x.json')).id, 'b/x.json');
		assert.equal((await twice.list()).length, 2);
	});

	it('refuses to load a malformed one and says why', async () => {
		await assert.rejects(fixtures(file('a/x.json', { sections: 3 })).load('a/x.json'), (error) =>
			isAppError(error, 'validation'),
		);
	});

	it('reads a file again only when it has changed', async () => {
		let reads = 0;
		let content = { name: 'One', messages };
		let etag = '1';
		const all = new Fixtures({
			list: async () => [
				file('a/x.json', content, {
					etag,
					read: async () => {
						reads++;
						return new TextEncoder().encode(JSON.stringify(content));
					},
				}),
			],
		});
		await all.list();
		await all.list();
		assert.equal(reads, 1);
		content = { name: 'Two', messages };
		etag = '2';
		assert.equal((await all.list())[0]?.name, 'Two');
	});

	it('lists 1,001 fixtures and loads 50 conversations [fault 14]', async () => {
		const conversations = Array.from({ length: 50 }, (_, label) => ({
			label: String(label),
			messages: Array.from({ length: 20 }, (_unused, n) => ({
				role: n % 2 ? 'assistant' : 'user',
				content: 'word '.repeat(400),
			})),
		}));
		const many = Array.from({ length: 1000 }, (_, n) => file(`a/${n}.json`, { name: `n${n}`, messages }));
		const all = fixtures(...many, file('a/big.json', { name: 'big', conversations }));
		assert.equal((await all.list()).length, 1001);
		assert.equal((await all.load('big')).sections[0]?.conversations.length, 50);
	});
});
