import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { exportFiles } from '../../../../src/formats/exportFiles.ts';
import { exportedPrompt } from '../../../../src/host/exchange/exportedPrompt.ts';
import { testWorkshop, type TestWorkshop } from '../../../support/workshop/testWorkshop.ts';

const text = 'You sort the mail of {{team}}. '.repeat(5);
const notes = {
	model: 'openai/gpt-5',
	parameters: { temperature: 0.2 },
	origin: { format: 'skill', fields: { license: 'MIT' } },
};

describe('a prompt that is exported', () => {
	let t: TestWorkshop;
	let draftId = 0;
	beforeEach(async () => {
		t = await testWorkshop();
		[draftId = 0] = await t.workshop.importDrafts([
			{
				draftName: 'Sorter',
				draftDescription: 'Sorts',
				draftContent: text,
				metadata: {
					kind: 'assistant',
					variables: [{ name: 'team', type: 'text', default: 'Kiwi' }],
					imported: notes,
				},
				suite: () => 'cases:\n  - query: Hi\n',
			},
		]);
	});
	afterEach(() => t.dispose());

	it('brings its name, text, variables, notes and suite', async () => {
		const { draft, suites } = await t.store.read((all) => exportedPrompt(all, { draftId }));
		assert.equal(draft.name, 'Sorter');
		assert.equal(draft.description, 'Sorts');
		assert.equal(draft.text, text);
		assert.deepEqual(
			draft.variables.map(({ name }) => name),
			['team'],
		);
		assert.equal(draft.model, 'openai/gpt-5');
		assert.deepEqual(draft.origin, notes.origin);
		assert.deepEqual(suites, [{ name: 'Sorter', text: 'cases:\n  - query: Hi\n' }]);
	});

	it('may be in the library, with what its draft knew', async () => {
		await t.workshop.commit(draftId, { name: 'sorter', title: 'Sorter of mail' });
		const exported = await t.store.read((all) => exportedPrompt(all, { promptName: 'sorter' }));
		assert.equal(exported.draft.name, 'Sorter of mail');
		assert.deepEqual(exported.draft.parameters, { temperature: 0.2 });
		assert.equal(exported.suites.length, 1);
		const [file] = exportFiles(exported, 'skill').files;
		assert.match(file?.text ?? '', /license: MIT/);
	});

	it('may be a version, with its own text', async () => {
		await t.workshop.update(draftId, { draftContent: 'You write letters, and nothing else than letters.' });
		const [, first] = await t.store.read(({ versions }) => versions.list('draft', draftId));
		const exported = await t.store.read((all) => exportedPrompt(all, { versionId: first?.id ?? 0 }));
		assert.equal(exported.draft.text, text);
		assert.equal(exported.draft.name, 'Sorter');
	});

	it('must exist', async () => {
		for (const owner of [{ draftId: 99 }, { promptName: 'none' }, { versionId: 99 }]) {
			await assert.rejects(
				t.store.read((all) => exportedPrompt(all, owner)),
				(error) => isAppError(error, 'not-found'),
			);
		}
	});

	it('survives notes that cannot be read', async () => {
		await t.store.write(({ drafts }) =>
			drafts.update(
				draftId,
				{ metadata: { imported: { model: 3, origin: 'x', parameters: [] } } },
				'2026-01-01T00:00:00.000Z',
			),
		);
		const { draft } = await t.store.read((all) => exportedPrompt(all, { draftId }));
		assert.equal(draft.model, undefined);
		assert.equal(draft.origin, undefined);
	});
});
