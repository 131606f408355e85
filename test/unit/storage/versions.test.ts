import assert from 'node:assert/strict';
import type { ListedVersion } from '../../../src/common/model.ts';
import type { Repositories } from '../../../src/storage/contract.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

describe('the overview of versions', () => {
	let store: TestStore;

	beforeEach(async () => {
		store = await openTestStore('/store', new SimulatedFiles());
		await store.write(({ drafts }) => drafts.create({ draftName: 'One', draftContent: 'x'.repeat(40), now: time }));
	});

	const write = <T>(work: (repositories: Repositories) => T) => store.write(work);
	const record = (content: string, ownerId = 1) =>
		write(({ versions }) =>
			versions.record({ ownerKind: 'draft', ownerId, content, reason: 'save', author: 'user', now: time }),
		);
	const overview = (limit = 50) => store.read(({ versions }) => versions.overview('draft', 1, limit));
	const test = (testId: string, versionId: number, isModel: boolean, userRating: number | null) =>
		write(({ results }) => results.put(testResult({ testId, draftId: 1, versionId, isModel, userRating })));

	it('numbers them from the oldest and measures each against the one before it', async () => {
		await record('x'.repeat(40));
		await record('another draft', 7);
		await record('x'.repeat(100));
		const { total, versions } = await overview();
		const seen = ({ number, characters, tokens, previous }: ListedVersion) => [
			number,
			characters,
			tokens,
			previous && [previous.characters, previous.tokens],
		];
		assert.equal(total, 2);
		assert.deepEqual(versions.map(seen), [
			[2, 100, 25, [40, 10]],
			[1, 40, 10, null],
		]);
		assert.equal(versions[0]?.previous?.id, versions[1]?.id);
	});

	it('marks the newest one that holds the current text, and none if none does', async () => {
		const current = 'x'.repeat(40);
		for (const content of [current, 'other', current, 'last']) {
			await record(content);
		}
		const marked = async () =>
			(await overview()).versions.filter(({ isCurrent }) => isCurrent).map(({ number }) => number);
		assert.deepEqual(await marked(), [3]);
		await write(({ drafts }) => drafts.update(1, { draftContent: 'typed since' }, time));
		assert.deepEqual(await marked(), []);
	});

	it('counts the tests of models and their rating, and those of the guide apart', async () => {
		const { id } = await record('tested');
		await record('not tested');
		await test('a', id, true, 4);
		await test('b', id, true, 5);
		await test('c', id, true, null);
		await test('d', id, false, 1);
		const { versions } = await overview();
		assert.deepEqual(
			versions.map(({ testCount, averageRating, guideTestCount }) => [testCount, averageRating, guideTestCount]),
			[
				[0, null, 0],
				[3, 4.5, 1],
			],
		);
		const one = await store.read((repositories) => repositories.versions.listed(id));
		assert.deepEqual(one, versions[1]);
	});

	it('reads only as many as are asked for, with their numbers among all', async () => {
		await write(({ versions }) => {
			for (let index = 0; index < 5000; index++) {
				versions.record({
					ownerKind: 'draft',
					ownerId: 1,
					content: `text ${index}`,
					reason: 'save',
					author: 'user',
					now: time,
				});
			}
		});
		const { total, versions } = await overview(3);
		assert.equal(total, 5000);
		assert.deepEqual(
			versions.map(({ number }) => number),
			[5000, 4999, 4998],
		);
	});

	it('lists the versions of a prompt', async () => {
		await write(({ prompts, versions }) => {
			const { id } = prompts.create({ name: 'p', title: 'P', content: 'text', description: null, now: time });
			const source = {
				ownerKind: 'prompt',
				ownerId: id,
				reason: 'created',
				author: 'program',
				now: time,
			} as const;
			versions.record({ ...source, content: 'text' });
			const { versions: listed } = versions.overview('prompt', id, 50);
			assert.deepEqual(
				listed.map(({ isCurrent, author }) => [isCurrent, author]),
				[[true, 'program']],
			);
		});
	});

	it('finds a label in any case, and only of its owner', async () => {
		const { id } = await record('a');
		const other = await record('b', 2);
		await write(({ versions }) => [versions.setLabel(id, 'Größe'), versions.setLabel(other.id, 'Other')]);
		const find = (label: string) =>
			store.read(({ versions }) => versions.labelled('draft', 1, label)?.number ?? null);
		assert.equal(await find('GRÖSSE'), null);
		assert.equal(await find('GRÖßE'), 1);
		assert.equal(await find('Other'), null);
		await write(({ versions }) => versions.setLabel(id, null));
		assert.equal(await find('Größe'), null);
	});

	it('says that a version is not there', async () => {
		for (const work of [
			({ versions }: Repositories) => versions.listed(99),
			({ versions }: Repositories) => versions.setLabel(99, 'label'),
		]) {
			await assert.rejects(write(work), /Version not found/);
		}
	});
});
