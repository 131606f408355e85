import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { Changes } from '../../../src/storage/changes.ts';
import type { Repositories } from '../../../src/storage/contract.ts';
import { Database } from '../../../src/storage/database.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { migrations } from '../../../src/storage/migrations/all.ts';
import { createRepositories } from '../../../src/storage/repositories/all.ts';
import { seedStore } from '../../../src/storage/seed.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { time } from '../../support/storage/testStore.ts';

describe('A draft of another user', () => {
	let database: Database;
	let repositories: Repositories;

	before(async () => {
		database = new Database(await loadSqlJs());
		const session = { database, changes: new Changes() };
		database.begin();
		migrate(database, migrations);
		seedStore(session, undefined, time);
		database.run('INSERT INTO users (username, created_at) VALUES (?, ?)', ['eve', time]);
		repositories = createRepositories(session);
		repositories.drafts.create({ draftName: 'Mine', draftContent: 'x', now: time });
		repositories.drafts.create({ draftName: 'Hers', draftContent: 'secret', now: time });
		database.run('UPDATE auspex_prompt_drafts SET user_id = ? WHERE draft_name = ?', ['eve', 'Hers']);
	});
	after(() => database.close());

	it('is not listed', () => {
		assert.deepEqual(
			repositories.drafts.list().map(({ draftName }) => draftName),
			['Mine'],
		);
	});

	it('is not found by its text', () => {
		assert.deepEqual(repositories.texts.find('secret'), { drafts: [], prompts: [] });
		assert.deepEqual(repositories.texts.excerpts({ drafts: [1, 2], prompts: [] }, 'e').drafts, new Map([[1, 'x']]));
		assert.equal(repositories.drafts.has(2), false);
	});

	for (const [what, work] of Object.entries({
		read: () => repositories.drafts.get(2),
		changed: () => repositories.drafts.update(2, { draftContent: 'mine now' }, time),
		deleted: () => repositories.trash.removeDraft(2, time),
	})) {
		it(`is not ${what}: not found or access denied`, () => {
			assert.throws(
				work,
				(error) => isAppError(error, 'not-found') && error.message === 'Draft not found or access denied',
			);
			const row = database.row('SELECT draft_content FROM auspex_prompt_drafts WHERE id = 2');
			assert.deepEqual(row, { draft_content: 'secret' });
		});
	}
});
