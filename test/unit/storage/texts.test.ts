import assert from 'node:assert/strict';
import { Changes } from '../../../src/storage/changes.ts';
import type { Repositories } from '../../../src/storage/contract.ts';
import { Database } from '../../../src/storage/database.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { migrations } from '../../../src/storage/migrations/all.ts';
import { createRepositories } from '../../../src/storage/repositories/all.ts';
import { seedStore } from '../../../src/storage/seed.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { time } from '../../support/storage/testStore.ts';

describe('the texts of drafts and prompts', () => {
	let database: Database;
	let repositories: Repositories;

	before(async () => {
		database = new Database(await loadSqlJs());
		const session = { database, changes: new Changes() };
		database.begin();
		migrate(database, migrations);
		seedStore(session, undefined, time);
		repositories = createRepositories(session);
		for (const draftContent of [
			'A 100%_off\\ day',
			'ÄRGER mit Übeln',
			`${'x'.repeat(500)}needle${'y'.repeat(500)}`,
		]) {
			repositories.drafts.create({ draftName: null, draftContent, now: time });
		}
		repositories.prompts.create({ name: 'p', title: 'P', content: 'A Needle', description: null, now: time });
	});
	after(() => database.close());

	const find = (word: string, among?: Parameters<Repositories['texts']['find']>[1]) =>
		repositories.texts.find(word, among);
	const drafts = (...ids: number[]) => ({ drafts: ids, prompts: [] });

	it('are found by a part of a word, whatever its case', () => {
		assert.deepEqual(find('eedl'), { drafts: [3], prompts: [1] });
		assert.deepEqual(find('NEEDLE').prompts, [1]);
		assert.deepEqual(find('ärger'), drafts(2));
		assert.deepEqual(find('übel'), drafts(2));
	});

	it('are found by what stands there, not by a pattern', () => {
		assert.deepEqual(find('100%_off\\'), drafts(1));
		for (const pattern of ['1%d', 'A_100', '%needle%', "'", '\\%']) {
			assert.deepEqual(find(pattern), drafts(), pattern);
		}
	});

	it('are looked for among those given only', () => {
		assert.deepEqual(find('needle', { drafts: [1, 2], prompts: [1] }), { drafts: [], prompts: [1] });
		assert.deepEqual(find('needle', { drafts: [], prompts: [] }), drafts());
	});

	it('are shown around the hit', () => {
		const { texts } = repositories;
		const excerpt = texts.excerpts(drafts(3), 'Needle').drafts.get(3) ?? '';
		assert.match(excerpt, /^…x{39,40}needley+$/);
		assert.ok(excerpt.length <= 165, String(excerpt.length));
		assert.equal(texts.excerpts(drafts(2), 'übel').drafts.get(2), 'ÄRGER mit Übeln');
		assert.deepEqual(texts.excerpts(drafts(99), 'x').drafts, new Map());
	});
});
