import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Filing, PromptWorkshopApi, RecordOwner } from '../../src/common/api.ts';
import type { DraftSummary, PromptSummary } from '../../src/common/model.ts';
import { DraftsTree, type DraftNode } from '../../src/host/drafts/draftsTree.ts';
import { recordRow } from '../../src/host/library/askForRecord.ts';
import { LibraryTree, type LibraryNode } from '../../src/host/library/libraryTree.ts';
import type { Repositories, Store } from '../../src/storage/contract.ts';
import type { FilingChange } from '../../src/workshop/fileRecords.ts';
import { LiveRuns } from '../../src/workshop/liveRuns.ts';
import { eventually } from '../support/eventually.ts';
import { activated, useOfflineGuide } from './support.ts';

const text = 'You answer questions about releases of Node.js and cite the article of every claim. '.repeat(2);

/** A store that only lists, and what was filed. */
function listing(drafts: DraftSummary[], prompts: PromptSummary[] = []) {
	const filed: FilingChange[] = [];
	const moved: { of: string; from: string; to: string }[] = [];
	let reads = 0;
	const repositories = {
		drafts: {
			list: ({ ids }: { ids?: readonly number[] } = {}) =>
				drafts.filter(({ id }) => ids === undefined || ids.includes(id)),
		},
		prompts: { list: () => prompts },
	} as unknown as Repositories;
	const store = {
		status: { storeId: 'test' },
		read: <T>(work: (all: Repositories) => T) => {
			reads++;
			return Promise.resolve(work(repositories));
		},
	} as unknown as Store;
	const memory = new Map<string, unknown>();
	return {
		filed,
		moved,
		reads: () => reads,
		services: {
			openStore: () => Promise.resolve(store),
			workshop: {
				file: (changes: readonly FilingChange[]) => {
					filed.push(...changes);
					return Promise.resolve([]);
				},
				moveFolder: (move: { of: 'drafts' | 'prompts'; from: string; to: string }) => {
					moved.push(move);
					return Promise.resolve([]);
				},
			},
			runs: new LiveRuns(),
			memory: {
				keys: () => [...memory.keys()],
				get: (key: string) => memory.get(key),
				update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
			} as vscode.Memento,
			onFailed: (error: unknown) => assert.fail(String(error)),
		},
	};
}

const stubView = (() => ({ visible: true, dispose: () => undefined })) as never;

function draft(id: number, filing: Partial<Filing>, more: Partial<DraftSummary> = {}): DraftSummary {
	return {
		id,
		draftName: `Draft ${id}`,
		draftDescription: null,
		status: 'draft',
		parentPromptName: null,
		contentLength: 200,
		testCount: 0,
		averageRating: null,
		metadata: { ...filing },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: `2026-01-01T00:00:${String(59 - id)}.000Z`,
		...more,
	};
}

const nothing = { drafts: [], chats: [], prompts: [], results: [], suites: [], runs: [], all: false };

const labelOf = ({ label }: vscode.TreeItem) => (typeof label === 'string' ? label : '');

async function outline<T extends object>(
	tree: Pick<vscode.TreeDataProvider<T>, 'getChildren' | 'getTreeItem'>,
	node?: T,
	indent = '',
): Promise<string[]> {
	const lines: string[] = [];
	for (const child of (await tree.getChildren(node)) ?? []) {
		const item = await tree.getTreeItem(child);
		lines.push(`${indent}${labelOf(item)} | ${String(item.description)}`);
		lines.push(...(await outline(tree, child, `${indent}  `)));
	}
	return lines;
}

async function nodes<T extends object>(
	tree: Pick<vscode.TreeDataProvider<T>, 'getChildren' | 'getTreeItem'>,
): Promise<Map<string, T>> {
	const found = new Map<string, T>();
	const walk = async (node?: T) => {
		for (const child of (await tree.getChildren(node)) ?? []) {
			found.set(labelOf(await tree.getTreeItem(child)), child);
			await walk(child);
		}
	};
	await walk();
	return found;
}

async function drop<T extends object>(
	tree: vscode.TreeDragAndDropController<T>,
	dragged: readonly (T | undefined)[],
	target: T | undefined,
): Promise<void> {
	const data = new vscode.DataTransfer();
	const token = new vscode.CancellationTokenSource().token;
	await tree.handleDrag?.(
		dragged.flatMap((node) => node ?? []),
		data,
		token,
	);
	await tree.handleDrop?.(target, data, token);
}

describe('the tree of drafts', () => {
	const drafts = [
		draft(1, { folder: 'Support/Billing', tags: ['eu', 'api'] }, { status: 'testing' }),
		draft(2, { folder: 'Support' }, { parentPromptName: 'auspex_default' }),
		draft(3, { favourite: true, tags: ['EU'] }),
	];

	it('groups by folder, tag, status and parent, and puts favourites first', async () => {
		const tree = new DraftsTree(listing(drafts).services, stubView);
		const flat = ['Draft 3 | draft · 200 chars · #EU', 'Draft 1 | testing · 200 chars · #eu #api'];
		assert.deepEqual((await outline<DraftNode>(tree)).slice(0, 2), flat);
		await tree.setGrouping('folder');
		assert.deepEqual(await outline<DraftNode>(tree), [
			'Support | 2',
			'  Billing | 1',
			'    Draft 1 | testing · 200 chars · #eu #api',
			'  Draft 2 | draft · 200 chars',
			'Draft 3 | draft · 200 chars · #EU',
		]);
		await tree.setGrouping('tag');
		const tags = (await outline<DraftNode>(tree)).filter((line) => !line.startsWith(' '));
		assert.deepEqual(tags, ['api | 1', 'eu | 2', 'No tags | 1']);
		await tree.setGrouping('status');
		const groups = (await outline<DraftNode>(tree)).filter((line) => !line.startsWith(' '));
		assert.deepEqual(groups, ['draft | 2', 'testing | 1']);
		await tree.setGrouping('parent');
		const parents = (await outline<DraftNode>(tree)).filter((line) => !line.startsWith(' '));
		assert.deepEqual(parents, ['auspex_default | 1', 'No parent prompt | 2']);
		tree.dispose();
	});

	it('is filtered by tags and folder, too', async () => {
		const tree = new DraftsTree(listing(drafts).services, stubView);
		for (const [filter, found] of [
			['billing', ['Draft 1']],
			['#eu', ['Draft 3', 'Draft 1']],
			['#eu support', ['Draft 1']],
		] as const) {
			tree.setFilter(filter);
			const names = (await outline<DraftNode>(tree)).map((line) => line.slice(0, 7));
			assert.deepEqual(names, found, filter);
		}
		tree.setFilter('');
		tree.dispose();
	});

	it('says in a plain tooltip how a draft is filed', async () => {
		const hostile = draft(1, { kind: 'agent', tags: ['[x](command:a)', '\u202eb'], folder: '<b>/$(trash)' });
		const tree = new DraftsTree(listing([hostile]).services, stubView);
		const [node] = await tree.getChildren();
		assert.ok(node);
		const { tooltip, accessibilityInformation } = tree.getTreeItem(node);
		assert.ok(typeof tooltip === 'string', 'nothing in it is interpreted');
		assert.match(tooltip, /Kind: agent\nTags: \[x\]\(command:a\), .*b\nFolder: <b>\/\$\(trash\)/);
		assert.match(accessibilityInformation?.label ?? '', /Folder: /);
		tree.dispose();
	});

	it('moves what is dropped on a folder, tags what is dropped on a tag, and takes it out at the top', async () => {
		const { services, filed, moved } = listing(drafts);
		const tree = new DraftsTree(services, stubView);
		await tree.setGrouping('folder');
		const shown = await nodes<DraftNode>(tree);
		const at = (label: string) => shown.get(label);
		await drop<DraftNode>(tree, [at('Draft 2'), at('Draft 3')], at('Billing'));
		await drop<DraftNode>(tree, [at('Draft 1')], undefined);
		await drop<DraftNode>(tree, [at('Draft 3')], undefined);
		await drop<DraftNode>(tree, [at('Billing')], undefined);
		await drop<DraftNode>(tree, [at('Support')], at('Billing'));
		assert.deepEqual(filed, [
			{ owner: { draftId: 2 }, filing: { folder: 'Support/Billing' } },
			{ owner: { draftId: 3 }, filing: { folder: 'Support/Billing' } },
			{ owner: { draftId: 1 }, filing: { folder: '' } },
		]);
		assert.deepEqual(moved, [{ of: 'drafts', from: 'Support/Billing', to: 'Billing' }]);
		await tree.setGrouping('tag');
		const byTag = await nodes<DraftNode>(tree);
		await drop<DraftNode>(tree, [byTag.get('Draft 2')], byTag.get('api'));
		assert.deepEqual(filed.at(-1), { owner: { draftId: 2 }, filing: { tags: ['api'] } });
		tree.dispose();
	});

	it('refreshes one row after a save, and its list if the order changes', async () => {
		const list = structuredClone(drafts);
		const { services, reads } = listing(list);
		const tree = new DraftsTree(services, stubView);
		await tree.setGrouping('folder');
		const shown = await nodes<DraftNode>(tree);
		const fired: unknown[] = [];
		tree.onDidChangeTreeData((changed) => fired.push(changed));
		const before = reads();
		list[0] = { ...list[0], contentLength: 300, updatedAt: '2026-01-02T00:00:00.000Z' } as DraftSummary;
		tree.follow({ ...nothing, drafts: [1] });
		await eventually(() => assert.equal(fired.length, 1));
		assert.deepEqual(fired, [[shown.get('Draft 1')]]);
		assert.equal(reads() - before, 1, 'one read, of that draft');
		list[1] = { ...list[1], metadata: { folder: 'Support/Billing' } } as DraftSummary;
		tree.follow({ ...nothing, drafts: [2] });
		await eventually(() => assert.equal(fired.length, 2));
		assert.deepEqual(fired[1], [shown.get('Support')]);
		tree.dispose();
	});
});

describe('the tree of the library', () => {
	const prompt = (id: number, filing: Partial<Filing>): PromptSummary => ({
		id,
		name: `prompt_${id}`,
		title: `Prompt ${id}`,
		description: null,
		isDefault: id === 1,
		userCreated: null,
		metadata: { ...filing },
		contentLength: 200,
		usedBy: 0,
		versionCount: 0,
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
	});
	const prompts = [prompt(1, {}), prompt(2, { folder: 'Shop', tags: ['eu'] }), prompt(3, { favourite: true })];

	it('groups by folder and tag, and files what is dropped', async () => {
		const { services, filed } = listing([], prompts);
		const tree = new LibraryTree(services, stubView);
		const top = async () => {
			const children = await tree.getChildren();
			return children.map((node) => labelOf(tree.getTreeItem(node)));
		};
		assert.deepEqual(await top(), ['Prompt 3', 'Prompt 1', 'Prompt 2']);
		await tree.setGrouping('folder');
		assert.deepEqual(await top(), ['Shop', 'Prompt 3', 'Prompt 1']);
		const [folder, , first] = await tree.getChildren();
		await drop<LibraryNode>(tree, [first], folder);
		assert.deepEqual(filed, [{ owner: { promptName: 'prompt_1' }, filing: { folder: 'Shop' } }]);
		await tree.setGrouping('tag');
		assert.deepEqual(await top(), ['eu', 'No tags']);
		tree.dispose();
	});
});

describe('tags, folders and favourites', () => {
	let api: PromptWorkshopApi;
	let owner: { draftId: number };

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const { draftId } = await api.startWorkshop({ draftName: 'To be filed', startingPrompt: text });
		owner = { draftId };
	});
	after(() => api.deleteDraft(owner.draftId));

	const run = <T>(id: string, ...parameters: unknown[]) =>
		vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);
	const filed = async () => {
		const { tags, folder, favourite } = await api.getDraft(owner.draftId);
		return { tags, folder, favourite };
	};

	it('are changed by command and API, which answer with the record', async () => {
		await run('editTags', owner, { tags: ['Api', 'api', ' eu '], folder: 'Support/Billing' });
		assert.deepEqual(await filed(), { tags: ['Api', 'eu'], folder: 'Support/Billing', favourite: false });
		const record = await api.setTags(owner, { favourite: true });
		assert.equal(record.favourite, true);
		assert.equal('draftContent' in record && record.draftContent, text);
		const prompt = await api.setTags({ promptName: 'auspex_default' }, { tags: ['seed'] });
		assert.deepEqual(
			prompt,
			(await api.listPrompts()).find(({ isDefault }) => isDefault),
		);
		await api.setTags({ promptName: 'auspex_default' }, { tags: [] });
		await assert.rejects(api.setTags(owner, { tags: ['a,b'] }), /comma/);
		await assert.rejects(api.setTags({} as RecordOwner, {}), /owner/);
	});

	it('take a folder along that is renamed or removed', async () => {
		await run('renameFolder', 'Support', 'Help');
		assert.equal((await filed()).folder, 'Help/Billing');
		await run('deleteFolder', { kind: 'folder', folder: 'Help/Billing', of: 'prompts' });
		assert.equal((await filed()).folder, 'Help/Billing');
		await run('deleteFolder', { kind: 'folder', folder: 'Help/Billing', of: 'drafts' });
		assert.equal((await filed()).folder, 'Help');
		for (const [id, ...parameters] of [
			['renameFolder', 'Help', ' '],
			['renameFolder', 'Help', 'a//b'],
			['renameFolder', 'Nowhere', 'There'],
			['deleteFolder', ''],
			['deleteFolder'],
		] as const) {
			await run(id, ...parameters);
			assert.equal((await filed()).folder, 'Help', `${id} ${parameters.join()}`);
		}
	});

	it('stay as they are if what is asked is answered with Enter', async () => {
		const before = await filed();
		assert.ok(before.tags.length > 0 && before.folder !== '');
		const answer = run('editTags', owner);
		let isDone = false;
		void answer.then(() => (isDone = true));
		await eventually(async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			assert.ok(isDone);
		});
		assert.deepEqual(await filed(), before);
	});

	it('and names and texts are what Find Draft or Prompt looks in', async () => {
		await run('editTags', owner, { tags: ['unheard-of'], folder: 'Odd $(trash)' });
		const find = async (query: string) => run<{ draftId?: number; excerpt?: string }[]>('findPrompt', query);
		for (const query of ['filed', 'unheard', '#unheard', 'odd', 'claim releases be filed']) {
			assert.equal((await find(query))[0]?.draftId, owner.draftId, query);
		}
		assert.deepEqual(await find('zzqq'), []);
		const [seeded] = await find('auspex_default');
		assert.deepEqual(seeded && { ...seeded, title: undefined }, { promptName: 'auspex_default', title: undefined });
		const byText = (await find('cite the article')).find(({ draftId }) => draftId === owner.draftId);
		assert.match(byText?.excerpt ?? '', /cite/);
	});

	it('are shown in its rows without icons and on one line', () => {
		const row = recordRow({
			owner: { draftId: 7 },
			id: 7,
			shownName: '$(trash) a\nb',
			name: '',
			title: '',
			description: 'd $(zap)',
			filing: { kind: 'agent', tags: ['$(x)'], folder: '$(y)', favourite: true },
			updatedAt: '',
			excerpt: 'e\n$(zap)',
		});
		assert.equal(row.label, '\\$(trash) a b');
		assert.equal(row.description, 'Draft · \\$(y) · #\\$(x)');
		assert.equal(row.detail, 'e \\$(zap)');
		assert.deepEqual(row.iconPath, new vscode.ThemeIcon('star-full'));
	});

	it('are switched by the star, for one or for all that are selected', async () => {
		const before = (await filed()).favourite;
		await run('toggleFavourite', owner);
		assert.equal((await filed()).favourite, !before);
		await run('toggleFavourite', { kind: 'draft', ...owner }, [{ kind: 'draft', ...owner }]);
		assert.equal((await filed()).favourite, before);
	});
});
