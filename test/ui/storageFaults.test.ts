import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportSummary, StoreStatus } from '../../src/storage/contract.ts';
import { migrations } from '../../src/storage/migrations/all.ts';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { until } from '../support/eventually.ts';
import { mountSmallDisk, type SmallDisk } from '../support/storage/smallDisk.ts';
import { loadSqlJs } from '../support/storage/sql.ts';
import { seed, time, type TestStore } from '../support/storage/testStore.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const prompt = 'You answer questions about energy storage and cite the article of every claim. '.repeat(2);
const tab = 'kept.md';

/** What somebody sees whose disk or files fail. No folder is open: the store is in global storage. */
describe('a store that fails inside VS Code', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let globalStorage: string;
	let folder: string;
	/** A `workshop.json` with one draft, "Brought". */
	let exported: string;

	before(async () => {
		driven = await startDrivenSession({
			settings: { 'files.autoSave': 'off', 'promptWorkshop.autoSaveDelay': 0 },
		});
		globalStorage = join(driven.session.server.dataDir, 'data/User/globalStorage/auspex.prompt-workshop');
		folder = join(globalStorage, 'store');
		await mkdir(globalStorage, { recursive: true });
		exported = join(driven.folder, 'workshop.json');
		const store = await openHere(join(driven.folder, 'other'));
		await addDraft(store, 'Brought', prompt);
		const file = (await store.exportAll()).find(({ path }) => path === 'workshop.json');
		await writeFile(exported, file?.text ?? '');
		await store.close();
	});
	afterEach(async function () {
		await driven.session.photographFailure(this.currentTest);
		await leave();
		await rm(folder, { recursive: true, force: true });
		// A window that is closed right after a save may leave its backup, which the next test's window would restore.
		await rm(join(driven.session.server.dataDir, 'data/User/Backups'), { recursive: true, force: true });
	});
	after(() => driven.close());

	/** The store as this process sees it, while no extension host runs. */
	function openHere(where = folder, history = migrations): Promise<TestStore> {
		return openStore({
			folder: where,
			files: nodeFiles,
			initSqlJs: loadSqlJs,
			now: () => new Date(time),
			seed,
			migrations: history,
			every: () => ({ dispose: () => undefined }),
		});
	}

	const addDraft = (store: TestStore, draftName: string, draftContent: string) =>
		store.write(({ drafts }) => drafts.create({ draftName, draftContent, now: time }));

	/** "Kept" is in the second snapshot and, with the first, in the log before it; "Late" is in the last log only. */
	async function prepare(): Promise<void> {
		const store = await openHere();
		await store.checkpoint();
		await addDraft(store, 'Kept', `${prompt}In the snapshot.`);
		await store.checkpoint();
		await addDraft(store, 'Late', `${prompt}In the log.`);
		await store.close();
	}

	async function enter(): Promise<void> {
		await driven.driver.forget();
		workbench = await driven.session.openWindow({});
		await workbench.openContainer('Prompt Workshop');
	}

	/** Closes the window and ends its host, which would live on for hours. */
	async function leave(): Promise<void> {
		await workbench.page.context().close();
		const running = driven.session.server.hostPids();
		running.forEach((pid) => process.kill(pid, 'SIGKILL'));
		await until(() => driven.session.server.hostPids().length === 0, 'the hosts to end');
	}

	async function textsHere(): Promise<Map<string | null, string>> {
		const store = await openHere();
		const texts = await store.read(({ drafts }) =>
			drafts.list().map(({ id, draftName }) => [draftName, drafts.get(id).draftContent] as const),
		);
		await store.close();
		return new Map(texts);
	}

	const dirty = () => workbench.tab(tab).and(workbench.page.locator('.dirty'));
	const clean = () => workbench.tab(tab).and(workbench.page.locator(':not(.dirty)'));
	/** The label with the lock of a read-only document. */
	const locked = () => workbench.tab(tab).locator('[aria-label$="Read-only"]');
	const names = () => workbench.treeItems('Drafts').locator('.label-name').allTextContents();
	const toasts = () => workbench.page.locator('.notifications-toasts .notification-list-item');

	async function openKept(): Promise<void> {
		await driven.run('openDraft', 1);
		await workbench.editor(tab).waitFor();
	}

	async function save(): Promise<void> {
		await workbench.editor(tab).locator('.view-lines').click();
		await workbench.page.keyboard.press('ControlOrMeta+s');
	}

	async function typeAndSave(text: string): Promise<void> {
		await workbench.typeInEditor(tab, text);
		await dirty().waitFor();
		await save();
	}

	const damages: { name: string; damage: () => Promise<void>; setAside: string[]; left: string[] }[] = [
		{
			name: 'the snapshot is cut in half',
			damage: async () => truncate(join(folder, 'snapshot-3.db'), 40_000),
			setAside: ['snapshot-3.db'],
			left: ['Kept', 'Late'],
		},
		{
			name: 'the snapshot is zeroed',
			damage: async () => zero(join(folder, 'snapshot-3.db')),
			setAside: ['snapshot-3.db'],
			left: ['Kept', 'Late'],
		},
		{
			name: 'the snapshot has 0 bytes',
			damage: async () => truncate(join(folder, 'snapshot-3.db')),
			setAside: ['snapshot-3.db'],
			left: ['Kept', 'Late'],
		},
		{
			name: 'the log is zeroed',
			damage: async () => zero(join(folder, 'log-3.jsonl')),
			setAside: ['log-3.jsonl'],
			left: ['Kept'],
		},
		{
			name: 'the log has 0 bytes',
			damage: async () => truncate(join(folder, 'log-3.jsonl')),
			setAside: ['log-3.jsonl'],
			left: ['Kept'],
		},
		{
			name: 'every snapshot and log has 0 bytes',
			damage: async () => {
				for (const file of await readdir(folder)) {
					if (/^(snapshot|log)/.test(file)) {
						await truncate(join(folder, file));
					}
				}
			},
			setAside: ['snapshot-3.json'],
			left: [],
		},
	];
	for (const { name, damage, setAside, left } of damages) {
		it(`${name}: what can be read is there, the message names what was set aside, and saving works [fault 4]`, async () => {
			await prepare();
			await damage();
			const damaged = await Promise.all(setAside.map((file) => readFile(join(folder, file))));
			await enter();
			await workbench.notification('damaged').waitFor();
			await workbench.screenshot(`store-${name.replaceAll(' ', '-')}`);
			assert.equal(await toasts().count(), 1);
			for (const [index, file] of setAside.entries()) {
				await workbench.notification(`${file} was damaged and set aside as ${file}.damaged`).waitFor();
				assert.deepEqual(await readFile(join(folder, `${file}.damaged`)), damaged[index]);
			}
			assert.deepEqual((await names()).sort(), left);
			const imported = (await driven.run('importData', exported)) as ImportSummary;
			assert.equal(imported.drafts, 1);
			await workbench.treeItem('Drafts', 'Brought').waitFor();

			await leave();
			await enter();
			await workbench.treeItem('Drafts', 'Brought').waitFor();
			assert.deepEqual((await names()).sort(), ['Brought', ...left]);
			assert.equal(await toasts().count(), 0);
		});
	}

	it('written by a newer version, it opens read-only and can be read and exported [fault 15]', async () => {
		await prepare();
		const newer = await openHere(folder, [...migrations, ['CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT']]);
		await newer.close();
		await enter();
		await workbench.notification('written by a newer version').waitFor();
		await workbench.screenshot('store-newer');
		assert.equal(await toasts().count(), 1);
		await readOnlyStoreWorks('newer version of Prompt Workshop');
	});

	it('brought to a newer version while it is in use, its open documents turn read-only', async () => {
		await prepare();
		await enter();
		await openKept();
		await workbench.editor(tab).locator('.view-line', { hasText: 'In the snapshot.' }).first().waitFor();
		assert.equal(await locked().count(), 0);
		const newer = await openHere(folder, [...migrations, ['CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT']]);
		await newer.close();
		await workbench.notification('written by a newer version').waitFor();
		await locked().waitFor();
		await readOnlyStoreWorks('newer version of Prompt Workshop');
	});

	/** Nothing can be typed or imported; everything can be read and exported. */
	async function readOnlyStoreWorks(reason: string): Promise<void> {
		assert.deepEqual((await names()).sort(), ['Kept', 'Late']);
		await openKept();
		const kept = workbench.editor(tab).locator('.view-line', { hasText: 'In the snapshot.' }).first();
		await kept.waitFor();
		await workbench.typeInEditor(tab, 'typed');
		await workbench.screenshot(`store-read-only-${reason.replaceAll(' ', '-')}`);
		await kept.waitFor();
		assert.equal(await dirty().count(), 0);
		await driven.run('openPrompt', 'auspex_default');
		await workbench.page.locator('.view-line', { hasText: seed.content }).first().waitFor();
		const folderOfExport = (await driven.run('exportAllData', driven.folder)) as string;
		assert.match(await readFile(join(folderOfExport, 'workshop.json'), 'utf8'), /In the log\./);
		await workbench.notification('files exported').waitFor();
		await workbench.page.keyboard.press('Escape');
		assert.equal(await driven.run('importData', exported), undefined);
		await workbench
			.notification('Nothing was imported: the store is read-only')
			.filter({ hasText: reason })
			.waitFor();
		await workbench.screenshot(`store-import-refused-${reason.replaceAll(' ', '-')}`);
	}

	it('deleted while it is in use, it says so, still shows everything, and writes it anew', async () => {
		await prepare();
		await enter();
		await openKept();
		await workbench.typeInEditor(tab, `${prompt}Typed before the deletion.`);
		await dirty().waitFor();
		await rm(folder, { recursive: true });
		await workbench.notification('The storage folder was removed while it was in use').waitFor();
		await workbench.screenshot('store-deleted');
		assert.equal(await toasts().count(), 1);
		assert.deepEqual((await names()).sort(), ['Kept', 'Late']);
		await typeAndSave(`${prompt}Typed after the deletion.`);
		await clean().waitFor();
		await leave();
		const texts = await textsHere();
		assert.match(texts.get('Kept') ?? '', /Typed after the deletion\.$/);
		assert.match(texts.get('Late') ?? '', /In the log\.$/);
	});

	describe('on a disk of its own', () => {
		let disk: SmallDisk;

		before(async function () {
			const mounted = await mountSmallDisk(8);
			if (typeof mounted === 'string') {
				console.log(`      skipped: ${mounted}`);
				this.skip();
			}
			disk = mounted;
		});
		beforeEach(async () => {
			await mkdir(join(disk.folder, 'store'));
			await symlink(join(disk.folder, 'store'), folder);
			await prepare();
		});
		afterEach(() => rm(join(disk.folder, 'store'), { recursive: true }));
		after(() => disk?.remove());

		it('that is full, a save fails and the tab stays dirty; with space again it is saved [fault 2]', async () => {
			await enter();
			await openKept();
			await disk.fill();
			const text = `${prompt}${'Typed on a full disk. '.repeat(500)}`;
			await typeAndSave(text);
			await workbench.notification('Not saved. The disk is full. Free some space and save again.').waitFor();
			await workbench.screenshot('store-full');
			await dirty().waitFor();
			await save();
			await dirty().waitFor();
			assert.equal(await toasts().count(), 1);
			await disk.free();
			await save();
			await clean().waitFor();
			await toasts().waitFor({ state: 'detached' });
			await leave();
			assert.equal((await textsHere()).get('Kept'), text);
		});

		it('that is mounted read-only, it opens read-only and can be read and exported [fault 3]', async () => {
			await disk.remount('ro');
			try {
				await enter();
				await workbench.notification('read-only').waitFor();
				await workbench.screenshot('store-read-only');
				await readOnlyStoreWorks('read-only file system');
			} finally {
				await disk.remount('rw');
			}
			await openKept();
			await locked().waitFor();
			// Sooner than the store would find out by itself.
			await driven.driver.api('updateDraft', 2, { draftContent: `${prompt}On a disk that can be written.` });
			await locked().waitFor({ state: 'detached' });
			await typeAndSave(`${prompt}Typed when it could be written again.`);
			await clean().waitFor();
			await leave();
			const texts = await textsHere();
			assert.match(texts.get('Kept') ?? '', /Typed when it could be written again\.$/);
			assert.match(texts.get('Late') ?? '', /On a disk that can be written\.$/);
		});
	});

	it('larger than recommended, it says so once and offers the export', async () => {
		const filler = "INSERT INTO prompt_texts (content_hash, content) VALUES ('filler', hex(zeroblob(110000000)))";
		const store = await openHere(folder, [...migrations.slice(0, -1), [...(migrations.at(-1) ?? []), filler]]);
		await addDraft(store, 'Kept', prompt);
		await store.checkpoint();
		await store.close();
		await enter();
		const warning = workbench.notification(
			/has grown to 2\d\d[.,]\d MB\. It is held in memory, so keep it below 200 MB/,
		);
		await warning.getByRole('button', { name: 'Export All Data' }).waitFor();
		await workbench.screenshot('store-large');
		await driven.driver.api('updateDraft', 1, { draftContent: `${prompt}Changed.` });
		await workbench
			.treeItem('Drafts', 'Kept')
			.getByText(`${prompt.length + 'Changed.'.length} chars`)
			.waitFor();
		// It may have gone by itself, as warnings do.
		assert.ok((await toasts().count()) <= 1);
		const { logTransactions, sequence } = (await driven.run('showStorageStatus')) as StoreStatus;
		assert.ok(logTransactions > 0 && logTransactions < sequence, `${logTransactions} of ${sequence}`);
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText(/Size: 2\d\d[.,]\d MB; keep it below 200 MB/).waitFor();
		await dialog.getByText(new RegExp(`Log: \\d+ KB, ${logTransactions} transaction`)).waitFor();
		await dialog.getByText(`Transactions since the store was created: ${sequence}`).waitFor();
		await workbench.screenshot('store-status');
		await workbench.answerDialog('Cancel');
	});

	it('held by a window that does not answer, it is taken over when the user says so', async () => {
		await prepare();
		await enter();
		await openKept();
		const waiting = workbench;
		const before = driven.session.server.hostPids();
		await enter();
		// What writes is the owner.
		await driven.driver.api('updateDraft', 2, { draftContent: `${prompt}Of the other window.` });
		const silent = workbench;
		const owner = driven.session.server.hostPids().find((pid) => !before.includes(pid));
		assert.ok(owner);
		process.kill(owner, 'SIGSTOP');
		workbench = waiting;
		await typeAndSave(`${prompt}Typed beside a silent window.`);
		const offer = workbench.notification('Another window holds the store and does not answer').filter({
			has: workbench.page.getByRole('button', { name: 'Take Over' }),
		});
		await offer.waitFor();
		await workbench.screenshot('store-silent');
		await dirty().waitFor();
		await offer.getByRole('button', { name: 'Take Over' }).click();
		await offer.waitFor({ state: 'detached' });
		await save();
		await clean().waitFor();
		process.kill(owner, 'SIGCONT');
		await silent.page.context().close();
		await leave();
		assert.match((await textsHere()).get('Kept') ?? '', /Typed beside a silent window\.$/);
	});
});

async function zero(file: string): Promise<void> {
	await writeFile(file, new Uint8Array((await readFile(file)).length));
}
