import assert from 'node:assert/strict';
import { placeFile } from '../../../src/disk/placeFile.ts';
import type { OrphanedStore } from '../../../src/storage/contract.ts';
import { migrations } from '../../../src/storage/migrations/all.ts';
import { findOrphanedStores } from '../../../src/storage/orphanedStores.ts';
import { notePlace } from '../../../src/storage/storePlace.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { type TestStore, openTestStore, SimulatedOwners, time } from '../../support/storage/testStore.ts';

const root = '/storage';
const extension = 'auspex.prompt-workshop';
const base = (id: string) => `${root}/${id}/${extension}`;
const later = [
	"ALTER TABLE auspex_prompt_drafts ADD COLUMN later TEXT NOT NULL DEFAULT 'x'",
	"UPDATE auspex_prompt_drafts SET draft_description = 'upgraded'",
];

describe('stores of other windows', () => {
	let files: SimulatedFiles;

	beforeEach(() => {
		files = new SimulatedFiles();
	});

	async function put(path: string, text: string): Promise<void> {
		const [, folder = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
		await files.createFolder(folder);
		await placeFile(files, folder, name, new TextEncoder().encode(text));
	}

	/** A store with one draft. */
	async function prepare(folder: string, draftName = 'x'): Promise<void> {
		const store = await openTestStore(folder, files);
		await store.write(({ drafts }) => drafts.create({ draftName, draftContent: 'kept', now: time }));
		await store.close();
	}

	const find = (openFolders: string[], more: { onlyRelated?: boolean; globalStore?: string } = {}) =>
		findOrphanedStores({
			files,
			loadSqlJs,
			root,
			storePath: `${extension}/store`,
			ownFolder: `${base('own')}/store`,
			openFolders,
			exists: (folder: string) => Promise.resolve(!folder.includes('lost')),
			...more,
		});
	const relations = (found: OrphanedStore[]) => found.map(({ folder, relation }) => [folder, relation]);

	it('are those of an open folder, of no folder, of a folder that is gone, and others, in this order', async () => {
		for (const [id, folder] of Object.entries({ other: '/home/other', lost: '/home/lost', part: '/home/part' })) {
			await prepare(`${base(id)}/store`);
			await notePlace(files, base(id), { name: id, folders: [folder] });
		}
		await prepare('/global/store');
		await prepare(`${base('own')}/store`);
		const found = await find(['/home/part', '/home/second'], { globalStore: '/global/store' });
		assert.deepEqual(relations(found), [
			[`${base('part')}/store`, 'folder'],
			['/global/store', 'no-folder'],
			[`${base('lost')}/store`, 'gone'],
			[`${base('other')}/store`, 'other'],
		]);
		const related = await find(['/home/part'], { globalStore: '/global/store', onlyRelated: true });
		assert.deepEqual(
			related.map(({ relation }) => relation),
			['folder', 'no-folder', 'gone'],
		);
	});

	it('say what they hold, and are left out when that is nothing', async () => {
		await (await openTestStore(`${base('empty')}/store`, files)).close();
		await prepare(`${base('full')}/store`);
		await put(
			`${base('full')}/topics.db.json`,
			'{"topics":[{"name":"Tides","source":"/home/full/tides"},{"no":1}]}',
		);
		const [found, ...others] = await find(['/home/full']);
		assert.deepEqual(others, []);
		assert.deepEqual(
			{ drafts: found?.drafts, prompts: found?.prompts, topics: found?.topics, updatedAt: found?.updatedAt },
			{ drafts: 1, prompts: 0, topics: [{ name: 'Tides', source: '/home/full/tides' }], updatedAt: time },
		);
	});

	for (const [what, note, path, expected] of [
		['the desktop notes', 'workspace.json', '{"folder":"file:///home/me/my%20project"}', 'folder'],
		[
			'the host of a remote notes',
			'workspace.json',
			'{"folder":"vscode-remote://a:1/home/me/my%20project"}',
			'folder',
		],
		['a server notes by name', 'meta.json', '{"id":"lost","name":"my project"}', 'folder'],
		['is on no disk', 'workspace.json', '{"folder":"vscode-vfs://github/me/my%20project"}', 'other'],
		['is not noted', 'meta.json', '{"id":', 'other'],
	] as const) {
		it(`of a folder that ${what}`, async () => {
			await prepare(`${base('lost')}/store`);
			await put(`${root}/lost/${note}`, path);
			assert.deepEqual(relations(await find(['/home/me/my project'])), [[`${base('lost')}/store`, expected]]);
		});
	}

	it('that cannot be read are left out, and the others are found', async () => {
		await put(`${base('bad')}/store/log-1.jsonl`, '{"format":99,"sequence":0}\n');
		await put(`${base('none')}/store/snapshot-1.db`, '');
		await prepare(`${base('good')}/store`);
		assert.deepEqual(relations(await find([])), [[`${base('good')}/store`, 'other']]);
	});
});

describe('bringing the data of another store', () => {
	let files: SimulatedFiles;
	let other: TestStore;
	let own: TestStore;
	const owners = new SimulatedOwners();

	beforeEach(async () => {
		files = new SimulatedFiles();
		other = await openTestStore('/other', files, owners);
		own = await openTestStore('/own', files, owners);
		const reference = await other.blobs.put('The full answer');
		await other.write(({ drafts, chats, prompts, results, versions }) => {
			const chat = chats.create({ topic: '__prompt_workshop__', title: 'Chat', now: time });
			chats.addMessage({ chatId: chat.id, role: 'user', content: 'Hello', status: 'complete', now: time });
			prompts.create({ name: 'tides', title: 'Tides', content: 'About tides', description: null, now: time });
			const draft = drafts.create({
				draftName: 'Tides',
				draftContent: 'You know tides.',
				now: time,
				workshopChatId: chat.id,
				parentPromptName: 'tides',
			});
			versions.record({
				ownerKind: 'draft',
				ownerId: draft.id,
				content: 'Older',
				reason: 'save',
				author: 'user',
				now: time,
			});
			results.put(
				testResult({ testId: 'one', draftId: draft.id, responseRef: reference, fullResponseStored: true }),
			);
		});
	});
	afterEach(async () => {
		await own.close();
		await other.close();
	});

	const listed = () =>
		own.read(({ drafts, chats, prompts, results, versions }) => ({
			drafts: drafts.list().map(({ id }) => {
				const { draftContent, parentPromptName, workshopChatId } = drafts.get(id);
				return {
					draftContent,
					parentPromptName,
					messages:
						workshopChatId === null ? [] : chats.messages(workshopChatId).map(({ content }) => content),
					results: results.list(id).map(({ responseRef }) => responseRef),
					versions: versions.list('draft', id).length,
				};
			}),
			prompts: prompts.list().map(({ name }) => name),
		}));

	/** All files of the other store with their bytes. */
	async function otherFiles(): Promise<string> {
		const names = (await files.list('/other')).sort();
		const texts = await Promise.all(names.map(async (name) => (await files.read(`/other/${name}`))?.toString()));
		return JSON.stringify([names, texts]);
	}

	it('brings drafts, chats, versions, results, answers and prompts, and changes nothing there', async () => {
		const before = await otherFiles();
		const summary = await own.bring('/other');
		assert.deepEqual(summary, { drafts: 1, chats: 1, prompts: 1, results: 1, versions: 1, skipped: [] });
		const { drafts, prompts } = await listed();
		const [reference] = drafts[0]?.results ?? [];
		assert.deepEqual(drafts, [
			{
				draftContent: 'You know tides.',
				parentPromptName: 'tides',
				messages: ['Hello'],
				results: [reference],
				versions: 1,
			},
		]);
		assert.ok(prompts.includes('tides'));
		assert.equal(await own.blobs.get(reference ?? ''), 'The full answer');
		assert.equal(await otherFiles(), before);
		// The window that has it open has noticed nothing.
		assert.equal(other.status.mode, 'owner');
		await other.write(({ drafts: there }) => there.create({ draftName: 'y', draftContent: 'y', now: time }));
	});

	it('does not double what came before, from one window or two at once', async () => {
		const second = await openTestStore('/own', files, owners);
		await Promise.all([own.bring('/other'), second.bring('/other'), own.bring('/other')]);
		await second.bring('/other');
		await second.close();
		const { drafts, prompts } = await listed();
		assert.equal(drafts.length, 1);
		assert.deepEqual(
			prompts.filter((name) => name.startsWith('tides')),
			['tides'],
		);
	});

	it('does not double what came through a third store', async () => {
		const third = await openTestStore('/third', files, owners);
		await third.bring('/other');
		await own.bring('/other');
		assert.equal((await own.bring('/third')).drafts, 0);
		assert.equal((await other.bring('/third')).drafts, 0);
		await third.write(({ drafts }) => {
			drafts.update(drafts.list()[0]?.id ?? 0, { draftContent: 'Changed in the third store.' }, time);
		});
		assert.equal((await own.bring('/third')).drafts, 1);
		await third.close();
	});

	it('keeps apart a prompt whose name is taken, once', async () => {
		await own.write(({ prompts }) =>
			prompts.create({ name: 'tides', title: 'Mine', content: 'Another text', description: null, now: time }),
		);
		await own.bring('/other');
		await own.bring('/other');
		const { drafts, prompts } = await listed();
		assert.deepEqual(prompts.filter((name) => name.startsWith('tides')).sort(), ['tides', 'tides_2']);
		assert.equal(drafts[0]?.parentPromptName, 'tides_2');
	});

	it('brings what was added or changed there since', async () => {
		await own.bring('/other');
		await other.write(({ drafts }) => {
			const [draft] = drafts.list();
			drafts.update(draft?.id ?? 0, { draftContent: 'You know tides and winds.' }, time);
			drafts.create({ draftName: 'New', draftContent: 'New there', now: time });
		});
		await own.bring('/other');
		const texts = (await listed()).drafts.map(({ draftContent }) => draftContent).sort();
		assert.deepEqual(texts, ['New there', 'You know tides and winds.', 'You know tides.']);
	});

	it('brings again what was deleted here', async () => {
		await own.bring('/other');
		await own.write(({ drafts, trash }) => trash.removeDraft(drafts.list()[0]?.id ?? 0, time));
		await own.bring('/other');
		assert.equal((await listed()).drafts.length, 1);
	});

	it('reads a store that is written meanwhile: whole changes only', async () => {
		const writing = (async () => {
			for (let count = 0; count < 20; count++) {
				await other.write(({ drafts }) => {
					drafts.create({ draftName: `a${count}`, draftContent: 'pair', now: time });
					drafts.create({ draftName: `b${count}`, draftContent: 'pair', now: time });
				});
			}
		})();
		await own.bring('/other');
		await writing;
		const pairs = (await listed()).drafts.filter(({ draftContent }) => draftContent === 'pair').length;
		assert.equal(pairs % 2, 0);
		await own.bring('/other');
		assert.equal((await listed()).drafts.length, 41);
	});

	for (const { name, theirs, ours } of [
		{ name: 'newer', theirs: [...migrations, later], ours: migrations },
		{ name: 'older', theirs: migrations, ours: [...migrations, later] },
	]) {
		it(`brings from a store of ${name} schema, which keeps its schema`, async () => {
			const store = await openTestStore('/schema', files, owners, undefined, { migrations: theirs });
			await store.write(({ drafts }) => drafts.create({ draftName: 'x', draftContent: 'kept', now: time }));
			await store.close();
			const target = await openTestStore('/target', files, owners, undefined, { migrations: ours });
			assert.equal((await target.bring('/schema')).drafts, 1);
			const [brought] = await target.read(({ drafts }) => drafts.list());
			assert.equal(brought?.draftDescription, name === 'older' ? 'upgraded' : null);
			await target.close();
			const again = await openTestStore('/schema', files, owners, undefined, { migrations: theirs });
			assert.notEqual(again.status.mode, 'read-only');
			await again.close();
		});
	}

	it('brings what is left of a damaged store, and names what is not', async () => {
		await other.close();
		const names = await files.list('/other');
		const log =
			names
				.filter((name) => name.startsWith('log-'))
				.sort()
				.at(-1) ?? '';
		const bytes = (await files.read(`/other/${log}`)) ?? new Uint8Array();
		const text = new TextDecoder().decode(bytes);
		await placeFile(files, '/other', log, new TextEncoder().encode(`${text}{"seq":99,"broken\n`));
		const summary = await own.bring('/other');
		assert.equal(summary.drafts, 1);
		assert.match(JSON.stringify(summary.skipped), new RegExp(`${log}.*cannot be read`));
	});
});
