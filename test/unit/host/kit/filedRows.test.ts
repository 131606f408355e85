import assert from 'node:assert/strict';
import type { Filing } from '../../../../src/common/api.ts';
import { FiledRows, isRecord, type GroupRow, type RecordRow } from '../../../../src/host/kit/filedRows.ts';
import { droppedFiling, droppedFolder } from '../../../../src/host/kit/filingDrop.ts';

interface Item {
	id: number;
	name: string;
	status: string;
	filing: Partial<Filing>;
}
interface Row extends RecordRow<Item> {
	itemId: number;
}

const filing = (patch: Partial<Filing>): Filing => ({
	kind: 'research',
	tags: [],
	folder: '',
	favourite: false,
	...patch,
});

function newRows(): FiledRows<Item, Row> {
	return new FiledRows<Item, Row>({
		of: 'drafts',
		keyOf: ({ id }) => `item:${id}`,
		filingOf: (item) => filing(item.filing),
		groupOf: ({ status }) => ({ value: status, label: status, rank: status === 'new' ? 0 : 1 }),
		rowOf: ({ id }) => ({ itemId: id }),
		untagged: () => 'No tags',
	});
}

const item = (id: number, patch: Partial<Filing> = {}, status = 'new'): Item => ({
	id,
	name: `Item ${id}`,
	status,
	filing: patch,
});

/** The rows as an indented outline. */
function outline(rows: FiledRows<Item, Row>, parent?: GroupRow, indent = ''): string[] {
	return rows
		.children(parent)
		.flatMap((row) =>
			isRecord<Item, Row>(row)
				? [`${indent}${row.itemId}`]
				: [`${indent}${row.label} (${row.count})`, ...outline(rows, row, `${indent}  `)],
		);
}

describe('the rows of filed records', () => {
	const items = [
		item(1, { folder: 'b/c', tags: ['Api', 'eu'] }, 'old'),
		item(2, { favourite: true, tags: ['api'] }),
		item(3, { folder: 'b', favourite: true }, 'old'),
		item(4),
		item(5, { folder: 'b' }),
		item(6, { folder: 'A10' }),
		item(7, { folder: 'A9' }),
	];

	it('are in one list, favourites first, otherwise in the order given', () => {
		const rows = newRows();
		rows.replace(items, 'none');
		assert.deepEqual(outline(rows), ['2', '3', '1', '4', '5', '6', '7']);
	});

	it('are in nested folders with counts, by name, before those that are in none', () => {
		const rows = newRows();
		rows.replace(items, 'folder');
		assert.deepEqual(outline(rows), [
			...['A9 (1)', '  7', 'A10 (1)', '  6'],
			...['b (3)', '  c (1)', '    1', '  3', '  5'],
			...['2', '4'],
		]);
	});

	it('are under each of their tags, whatever its case, and those without one at the end', () => {
		const rows = newRows();
		rows.replace(items, 'tag');
		assert.deepEqual(outline(rows), [
			...['Api (2)', '  2', '  1', 'eu (1)', '  1'],
			...['No tags (5)', '  3', '  4', '  5', '  6', '  7'],
		]);
		const ids = ['Api', 'eu'].map((label) => {
			const group = rows.children().find((row): row is GroupRow => 'label' in row && row.label === label);
			return rows.children(group).at(-1)?.id;
		});
		assert.equal(new Set(ids).size, 2, 'a record has another id under each tag');
	});

	it('are in the groups that the others name, by rank', () => {
		const rows = newRows();
		rows.replace(items, 'status');
		assert.deepEqual(
			outline(rows).filter((line) => !line.startsWith(' ')),
			['new (5)', 'old (2)'],
		);
	});

	it('say that one row changed if one record did, and keep its object', () => {
		const rows = newRows();
		assert.deepEqual(rows.replace(items, 'folder'), [undefined]);
		const row = rows.find('item:1');
		const renamed = { ...item(1, { folder: 'b/c', tags: ['Api', 'eu'] }, 'old'), name: 'Renamed' };
		const changed = rows.replace([renamed, ...items.slice(1)], 'folder');
		assert.deepEqual(changed, [row]);
		assert.equal(changed[0], row);
		assert.equal(row?.item.name, 'Renamed');
	});

	it('say nothing if what was read again is the same', () => {
		const rows = newRows();
		rows.replace(items, 'tag');
		assert.deepEqual(rows.replace(structuredClone(items), 'tag'), []);
	});

	it('say that a folder changed if what is in it did, and all only if the top did', () => {
		const rows = newRows();
		rows.replace(items, 'folder');
		const labels = (changed: readonly (GroupRow | Row | undefined)[]) =>
			changed.map((row) => (row && !isRecord<Item, Row>(row) ? row.label : row?.id));
		const moved = item(5, { folder: 'b/c' });
		assert.deepEqual(labels(rows.replace([...items.slice(0, 4), moved, ...items.slice(5)], 'folder')), ['b']);
		assert.deepEqual(outline(rows).slice(4, 9), ['b (3)', '  c (2)', '    1', '    5', '  3']);
		assert.deepEqual(labels(rows.replace(items.slice(0, 6), 'folder')), [undefined]);
		assert.ok(!outline(rows).some((line) => line.startsWith('A9')), 'an empty folder disappears');
	});

	it('know their parents, also after a change', () => {
		const rows = newRows();
		rows.replace(items, 'folder');
		rows.replace(structuredClone(items), 'folder');
		const row = rows.find('item:1');
		assert.deepEqual(
			[row?.parent?.value, row?.parent?.parent?.value, row?.parent?.parent?.parent],
			['b/c', 'b', undefined],
		);
		const top = rows.children().find((one) => one === row?.parent?.parent);
		assert.ok(top, 'the parent is the row that is shown');
	});

	it('bear names that mean something elsewhere', () => {
		const names = ['__proto__', 'constructor', 'folder:b', '@', '$(trash)', '\u202eevil'];
		const rows = newRows();
		rows.replace(
			names.map((name, index) => item(index + 1, { folder: name, tags: [name] })),
			'folder',
		);
		assert.equal(rows.children().length, names.length);
		rows.replace(
			names.map((name, index) => item(index + 1, { tags: [name] })),
			'tag',
		);
		assert.equal(new Set(rows.children().map(({ id }) => id)).size, names.length);
	});
});

describe('what is dropped on a row', () => {
	const rows = newRows();
	rows.replace([item(1, { folder: 'a/b', tags: ['x'] }), item(2, { tags: ['Y'] })], 'folder');
	const [inFolder, atTop] = [rows.find('item:1'), rows.find('item:2')];
	const folder = inFolder?.parent;

	it('moves to the folder, to the folder of the record, or out of its folder', () => {
		const from = filing({ folder: 'c' });
		assert.deepEqual(droppedFiling(folder, 'folder', from), { folder: 'a/b' });
		assert.deepEqual(droppedFiling(inFolder, 'folder', from), { folder: 'a/b' });
		assert.deepEqual(droppedFiling(atTop, 'folder', from), { folder: '' });
		assert.deepEqual(droppedFiling(undefined, 'folder', from), { folder: '' });
		assert.equal(droppedFiling(folder, 'folder', filing({ folder: 'a/b' })), undefined);
		for (const grouping of ['none', 'status', 'parent'] as const) {
			assert.equal(droppedFiling(undefined, grouping, from), undefined);
		}
	});

	it('gets the tag', () => {
		const tagged = newRows();
		tagged.replace([item(1, { tags: ['x'] }), item(2)], 'tag');
		const [tag, none] = tagged.children();
		assert.deepEqual(droppedFiling(tag, 'tag', filing({ tags: ['z'] })), { tags: ['z', 'x'] });
		assert.deepEqual(droppedFiling(tagged.find('item:1'), 'tag', filing({})), { tags: ['x'] });
		assert.equal(droppedFiling(none, 'tag', filing({ tags: ['z'] })), undefined);
		assert.equal(droppedFiling(undefined, 'tag', filing({ tags: ['z'] })), undefined);
	});

	it('moves a folder, but not into itself', () => {
		assert.equal(droppedFolder(folder, 'folder', 'c/d'), 'a/b/d');
		assert.equal(droppedFolder(undefined, 'folder', 'c/d'), 'd');
		assert.equal(droppedFolder(undefined, 'folder', 'd'), undefined);
		assert.equal(droppedFolder(folder, 'folder', 'a'), undefined);
		assert.equal(droppedFolder(folder, 'folder', 'a/b'), undefined);
		assert.equal(droppedFolder(folder, 'tag', 'c'), undefined);
	});
});
