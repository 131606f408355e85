import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { PromptKind } from '../../../src/common/model.ts';
import { readPromptMetadata } from '../../../src/prompts/promptMetadata.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const text = 'You are the support assistant of a parcel service. '.repeat(3);

describe('kinds', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		t = await testWorkshop();
	});
	afterEach(() => t.dispose());

	const start = async (options: Parameters<TestWorkshop['workshop']['start']>[0]) => {
		t.models.says('Who writes to it?');
		const { draft, run } = await t.workshop.start(options);
		await run.finished;
		return draft;
	};
	const kindOf = ({ metadata }: { metadata: Record<string, unknown> }) => readPromptMetadata(metadata).kind;
	const versionKinds = (ownerKind: 'draft' | 'prompt', id: number) =>
		t.store.read(({ versions }) => versions.list(ownerKind, id).map(kindOf));

	it('a draft without one is research, and its kind can be changed', async () => {
		const draft = await start({ startingPrompt: text });
		assert.equal(kindOf(draft), 'research');
		const changed = await t.workshop.update(draft.id, { kind: 'agent' });
		assert.equal(kindOf(changed), 'agent');
		assert.equal(changed.draftContent, text);
	});

	it('go from the draft to the prompt, to its clone, and with every version', async () => {
		const draft = await start({ startingPrompt: text, kind: 'assistant' });
		const prompt = await t.workshop.commit(draft.id, { name: 'parcel_support', title: 'Parcel support' });
		assert.equal(kindOf(prompt), 'assistant');
		const clone = await start({ parentPromptName: 'parcel_support' });
		assert.equal(kindOf(clone), 'assistant');
		await t.workshop.update(clone.id, { kind: 'agent', draftContent: `${text} Use tools.` });
		await t.workshop.commit(clone.id, { name: 'parcel_support', title: 'Parcel support', updateParent: true });
		assert.equal(kindOf(await t.store.read(({ prompts }) => prompts.get('parcel_support'))), 'agent');
		assert.deepEqual(await versionKinds('prompt', prompt.id), ['agent', 'assistant']);
	});

	it('come back with the version that is restored', async () => {
		const draft = await start({ startingPrompt: text, kind: 'assistant' });
		const [first] = await t.store.read(({ versions }) => versions.list('draft', draft.id));
		await t.workshop.update(draft.id, { kind: 'agent', draftContent: `${text} Use tools.` });
		assert.deepEqual(await versionKinds('draft', draft.id), ['agent', 'assistant']);
		await t.workshop.restore(first?.id ?? 0);
		const restored = await t.store.read(({ drafts }) => drafts.get(draft.id));
		assert.deepEqual([restored.draftContent, kindOf(restored)], [text, 'assistant']);
	});

	it('name a kind that does not exist, and change nothing', async () => {
		const isNamed = (error: unknown) =>
			isAppError(error, 'validation') &&
			error.info.field === 'kind' &&
			/There is no kind "oracle"; use one of research, assistant, agent/.test(error.message);
		const kind = 'oracle' as PromptKind;
		await assert.rejects(t.workshop.start({ kind }), isNamed);
		assert.deepEqual(await t.store.read(({ drafts }) => drafts.list()), []);
		const draft = await start({});
		await assert.rejects(t.workshop.update(draft.id, { kind, draftName: 'Another name' }), isNamed);
		assert.equal((await t.store.read(({ drafts }) => drafts.get(draft.id))).draftName, null);
	});
});
