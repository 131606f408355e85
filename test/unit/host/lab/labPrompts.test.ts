import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { initialLabState } from '../../../../src/common/labState.ts';
import { LabPrompts } from '../../../../src/host/lab/labPrompts.ts';
import { LabSession } from '../../../../src/lab/session.ts';
import type { Repositories, Store } from '../../../../src/storage/contract.ts';
import { assistant, conversationFixture, labContext, scriptedModels, user } from '../../lab/support.ts';

/** A store that can only be read: anything else is not there and would throw. */
function readableStore(): Store {
	const repositories = {
		drafts: {
			list: () => [{ id: 1, draftName: null }],
			get: () => ({ draftContent: 'Text of the draft.' }),
		},
		prompts: {
			list: () => [{ id: 5, name: 'analyst', title: 'Analyst' }],
			get: () => ({ content: 'Text of the prompt.' }),
		},
		versions: {
			list: (kind: string) =>
				kind === 'prompt' ? [{ id: 7, createdAt: '2026-01-02T03:04:05.000Z', reason: 'commit' }] : [],
			get: () => ({ content: 'Text of the version.' }),
		},
	} as unknown as Repositories;
	return { read: async <T>(work: (all: Repositories) => T) => work(repositories) } as unknown as Store;
}

describe('the prompts that a matrix compares', () => {
	const state = initialLabState(conversationFixture([user('q'), assistant('a')]), {
		model: 'm/m',
		thinking: 'off',
		maxTokens: 10,
		replay: 'turn',
	});
	const session = new LabSession(labContext(scriptedModels(() => [])), { state, newId: () => 'x' });
	session.edit({ part: 'base' }, 'Edited.');

	it("are the Lab's own while the store is closed, and it stays closed", async () => {
		const prompts = new LabPrompts(() => undefined);
		assert.deepEqual(
			(await prompts.list()).map(({ id }) => id),
			['edited', 'recorded'],
		);
		const [edited, recorded] = await prompts.resolve(session, ['edited', 'recorded']);
		assert.equal(edited?.text(0), 'Edited.\n\nInstructions.\n\nContext.');
		assert.equal(recorded?.text(0), 'Base.\n\nInstructions.\n\nContext.');
	});

	it('include drafts, library prompts and versions of an open store, which is only read', async () => {
		const prompts = new LabPrompts(() => Promise.resolve(readableStore()));
		const list = await prompts.list();
		assert.deepEqual(list.map(({ id, label }) => [id, label]).slice(2), [
			['draft:1', 'Untitled draft 1'],
			['prompt:analyst', 'Analyst'],
			['version:7', 'Analyst'],
		]);
		const resolved = await prompts.resolve(session, ['draft:1', 'prompt:analyst', 'version:7']);
		assert.deepEqual(
			resolved.map(({ text }) => text(0)),
			['Text of the draft.', 'Text of the prompt.', 'Text of the version.'],
		);
	});

	it('refuse one that is gone or was never offered', async () => {
		const prompts = new LabPrompts(() => Promise.resolve(readableStore()));
		for (const id of ['draft:9', '../x', '__proto__']) {
			await assert.rejects(prompts.resolve(session, [id]), (error) => isAppError(error, 'not-found'));
		}
	});
});
