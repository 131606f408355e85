import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const text = 'You are a research assistant for release managers. '.repeat(3);

async function draftWith(t: TestWorkshop, startingPrompt: string): Promise<number> {
	t.models.says('Hello');
	const { draft, run } = await t.workshop.start({ draftName: 'Release analyst', startingPrompt });
	await run.finished;
	return draft.id;
}

const refused = (pattern: RegExp) => (error: unknown) => isAppError(error, 'validation') && pattern.test(error.message);

describe('commitDraft', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	it('makes a prompt with a version and marks the draft committed', async () => {
		const id = await draftWith(t, text);
		const prompt = await t.workshop.commit(id, { name: 'release_analyst', title: 'Release analyst' });
		assert.equal(prompt.content, text);
		const draft = await t.store.read(({ drafts }) => drafts.get(id));
		assert.equal(draft.status, 'committed');
		assert.equal(draft.metadata['committed_as'], 'release_analyst');
		const versions = await t.store.read(({ versions }) => versions.list('prompt', prompt.id));
		assert.deepEqual(
			versions.map(({ reason }) => reason),
			['commit'],
		);
	});

	it('takes the description of the draft, another one, or none where it is emptied', async () => {
		const id = await draftWith(t, text);
		await t.workshop.update(id, { draftDescription: 'For engineering managers' });
		const commit = { name: 'first', title: 'Release analyst' };
		assert.equal((await t.workshop.commit(id, commit)).description, 'For engineering managers');
		const other = { ...commit, name: 'second', description: 'For everybody' };
		assert.equal((await t.workshop.commit(id, other)).description, 'For everybody');
		assert.equal((await t.workshop.commit(id, { ...commit, name: 'third', description: '' })).description, null);
	});

	it('takes the variables of the draft to the prompt that it was cloned from, also where it has none', async () => {
		const names = { name: 'release_analyst', title: 'Release analyst' };
		await t.workshop.commit(await draftWith(t, text), names);
		const clone = async () => {
			t.models.says('Hello');
			const { draft, run } = await t.workshop.start({ parentPromptName: names.name });
			await run.finished;
			return draft.id;
		};
		const [plain, other] = [await clone(), await clone()];
		await t.workshop.update(other, { variables: [{ name: 'release', type: 'text' }] });
		assert.ok((await t.workshop.commit(other, { ...names, updateParent: true })).metadata['variables']);
		assert.deepEqual((await t.workshop.commit(plain, { ...names, updateParent: true })).metadata, {
			kind: 'research',
		});
	});

	it('makes a committed draft a draft again when it is edited', async () => {
		const id = await draftWith(t, text);
		await t.workshop.commit(id, { name: 'release_analyst', title: 'Release analyst' });
		await t.workshop.saveText(id, `${text} More.`, { explicit: true });
		assert.equal((await t.store.read(({ drafts }) => drafts.get(id))).status, 'draft');
	});

	it('refuses bad names, taken names and short texts, and changes nothing', async () => {
		const id = await draftWith(t, text);
		const commit = { name: 'release_analyst', title: 'Release analyst' };
		await assert.rejects(() => t.workshop.commit(id, { ...commit, name: 'Release' }), refused(/Release/));
		await assert.rejects(() => t.workshop.commit(id, { ...commit, name: 'ab' }), refused(/3/));
		await assert.rejects(() => t.workshop.commit(id, { ...commit, title: 'Abc' }), refused(/5/));
		await assert.rejects(
			() => t.workshop.commit(id, { ...commit, name: 'auspex_default' }),
			refused(/auspex_default/),
		);
		const short = await draftWith(t, 'x'.repeat(99));
		await assert.rejects(() => t.workshop.commit(short, commit), refused(/99/));
		assert.equal((await t.store.read(({ prompts }) => prompts.list())).length, 1);
		assert.equal((await t.store.read(({ drafts }) => drafts.get(id))).status, 'draft');
	});

	it('updates the parent by explicit choice only and keeps its old text as a version', async () => {
		const first = await draftWith(t, text);
		const committed = await t.workshop.commit(first, { name: 'release_analyst', title: 'Release analyst' });
		t.models.says('Hello');
		const clone = await t.workshop.clone('release_analyst');
		await clone.run.finished;
		await t.workshop.update(clone.draft.id, { draftContent: `${text} And dates.` });
		const commit = { name: 'release_analyst', title: 'Release analyst' };
		await assert.rejects(() => t.workshop.commit(clone.draft.id, commit), refused(/release_analyst/));
		await assert.rejects(() => t.workshop.commit(first, { ...commit, updateParent: true }), refused(/not cloned/));
		await t.workshop.commit(clone.draft.id, { ...commit, updateParent: true });
		const [present, versions] = await t.store.read((repositories) => [
			repositories.prompts.get('release_analyst').content,
			repositories.versions.list('prompt', committed.id).map(({ id }) => repositories.versions.get(id).content),
		]);
		assert.equal(present, `${text} And dates.`);
		assert.deepEqual(versions, [`${text} And dates.`, text]);
	});

	it('takes the suite of the draft to the prompt, and a clone takes it from there', async () => {
		const names = { name: 'release_analyst', title: 'Release analyst' };
		const first = await draftWith(t, text);
		const now = new Date().toISOString();
		const put = (ownerId: number, content: string) =>
			t.store.write(({ suites }) => suites.put({ ownerKind: 'draft', ownerId, content, now }));
		const suiteOf = (ownerKind: 'draft' | 'prompt', ownerId: number) =>
			t.store.read(({ suites }) => suites.get(ownerKind, ownerId));
		await put(first, 'cases: [] # first');
		const prompt = await t.workshop.commit(first, names);
		assert.equal(await suiteOf('prompt', prompt.id), 'cases: [] # first');
		const clone = async () => {
			t.models.says('Hello');
			const { draft, run } = await t.workshop.clone(names.name);
			await run.finished;
			return draft.id;
		};
		const [changed, without] = [await clone(), await clone()];
		assert.equal(await suiteOf('draft', changed), 'cases: [] # first');
		await put(changed, 'cases: [] # second');
		await t.workshop.commit(changed, { ...names, updateParent: true });
		assert.equal(await suiteOf('prompt', prompt.id), 'cases: [] # second');
		// A draft without a suite takes none from the prompt.
		await t.store.write(({ suites }) => suites.remove('draft', without));
		await t.workshop.commit(without, { ...names, updateParent: true });
		assert.equal(await suiteOf('prompt', prompt.id), 'cases: [] # second');
		assert.equal(await suiteOf('draft', first), 'cases: [] # first');
	});
});
