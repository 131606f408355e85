import assert from 'node:assert/strict';
import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { TopicFixture } from './topicFixture.ts';

describe('the place of a topic [attack 21]', function () {
	this.timeout(10_000);
	let fixture: TopicFixture;
	let refused: string | undefined;

	beforeEach(async () => {
		fixture = await TopicFixture.create();
		refused = undefined;
		await fixture.write({ 'a/one.md': '# One\n\nText.', 'b/secret.md': '# Secret\n\nText.' });
	});

	afterEach(() => fixture.dispose());

	/** Refuses one folder, as an untrusted workspace. */
	const open = () =>
		fixture.open(undefined, async (place) => {
			const real = await realpath(place);
			if (refused !== undefined && real.startsWith(fixture.path(refused))) {
				throw new AppError('access-denied', 'Not trusted');
			}
			return real;
		});
	const titles = async (index: ReturnType<typeof open>) =>
		(await index.articles('A')).map(({ title }) => title).sort();
	const isDenied = (error: unknown) => isAppError(error, 'access-denied');

	it('is asked for again at a refresh, and its articles stay where it is refused', async () => {
		const index = open();
		await index.import('A', fixture.path('a'));
		await fixture.write({ 'a/two.md': '# Two\n\nText.' });
		refused = 'a';
		await assert.rejects(index.refresh('A'), isDenied);
		assert.deepEqual(await titles(index), ['One']);
		refused = undefined;
		await index.refresh('A');
		assert.deepEqual(await titles(index), ['One', 'Two']);
	});

	it('that became a link is asked for where the link leads now', async () => {
		const index = open();
		await index.import('A', fixture.path('a'));
		await rename(fixture.path('a'), fixture.path('moved'));
		await symlink(fixture.path('b'), fixture.path('a'));
		refused = 'b';
		await assert.rejects(index.refresh('A'), isDenied);
		assert.deepEqual(await titles(index), ['One']);
	});

	it('is asked for when a damaged index is rebuilt; the topic stays, with the reason', async () => {
		const first = open();
		await first.import('A', fixture.path('a'));
		await first.dispose();
		await writeFile(fixture.file, 'damage');
		refused = 'a';
		const index = open();
		assert.deepEqual(await titles(index), []);
		assert.deepEqual((await index.ask('lastImport', 'A')).skipped, [
			{ file: await realpath(fixture.path('a')), reason: 'Not trusted' },
		]);
		refused = undefined;
		assert.equal((await index.refresh('A')).added, 1);
	});

	it('is the same for a folder that is given as a link', async () => {
		await mkdir(fixture.path('links'));
		await symlink(fixture.path('a'), fixture.path('links/a'));
		const index = open();
		await index.import('A', fixture.path('links/a'));
		assert.equal((await index.list())[0]?.source, await realpath(fixture.path('a')));
		refused = 'b';
		await rm(fixture.path('links/a'));
		await symlink(fixture.path('b'), fixture.path('links/a'));
		await assert.rejects(index.import('A', fixture.path('links/a')), isDenied);
	});
});
