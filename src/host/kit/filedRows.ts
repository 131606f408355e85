import type { Filing } from '../../common/api.ts';
import { folderName, parentFolder, tagKey } from '../../prompts/filing.ts';
import { byName } from '../../prompts/knownFilings.ts';

export type Grouping = 'none' | 'folder' | 'tag' | 'status' | 'parent';

/** A row with others below it. */
export interface GroupRow {
	kind: 'folder' | 'tag' | 'group';
	/** The same as long as it is the same group. */
	id: string;
	/** Path of the folder, key of the tag, or what the others call the group. */
	value: string;
	label: string;
	/** Of the records below it, at any depth. */
	count: number;
	parent: GroupRow | undefined;
	/** The path, of folders only: what commands on folders ask for. */
	folder?: string;
	/** Whose folders these are. */
	of: 'drafts' | 'prompts';
}

/** A record where it is shown: with several tags it has several rows. */
export interface RecordRow<T> {
	id: string;
	item: T;
	parent: GroupRow | undefined;
}

/** How the rows of a kind of record are made. */
export interface RowShape<T, Row extends RecordRow<T>> {
	of: GroupRow['of'];
	keyOf: (item: T) => string;
	filingOf: (item: T) => Filing;
	/** The group of a record by status or parent. Groups come by rank, then by label. */
	groupOf?: (item: T, grouping: Grouping) => { value: string; label: string; rank: number };
	/** What a row of `keyOf` has besides its place. */
	rowOf: (item: T) => Omit<Row, keyof RecordRow<T>>;
	/** Of the group of records without a tag. */
	untagged: () => string;
}

interface Container {
	row: GroupRow | undefined;
	rank: number;
	groups: Container[];
	favourites: string[];
	others: string[];
}

type Shown<T, Row extends RecordRow<T>> = GroupRow | Row;

/**
 * The rows of a tree of records by folder, tag or another group. A row stays the same object as long as it is shown, so
 * that VS Code can refresh it alone.
 */
export class FiledRows<T extends object, Row extends RecordRow<T>> {
	readonly #shape: RowShape<T, Row>;
	readonly #filings = new WeakMap<T, Filing>();
	#rows = new Map<string, Shown<T, Row>>();
	/** By the id of their parent; empty for the top. */
	#children = new Map<string, Shown<T, Row>[]>();

	constructor(shape: RowShape<T, Row>) {
		this.#shape = shape;
	}

	children(parent?: GroupRow): Shown<T, Row>[] {
		return this.#children.get(parent?.id ?? '') ?? [];
	}

	/** A row of a record. */
	find(key: string): Row | undefined {
		for (const row of this.#rows.values()) {
			if (isRecord<T, Row>(row) && this.#shape.keyOf(row.item) === key) {
				return row;
			}
		}
		return undefined;
	}

	filingOf(item: T): Filing {
		let filing = this.#filings.get(item);
		if (!filing) {
			filing = this.#shape.filingOf(item);
			this.#filings.set(item, filing);
		}
		return filing;
	}

	/**
	 * Shows other records, favourites first and otherwise in the order given. Returns the rows that changed; undefined in it
	 * stands for all. The rows below a returned row are to be read again.
	 */
	replace(items: readonly T[], grouping: Grouping): (Shown<T, Row> | undefined)[] {
		const children = this.#children;
		const shown = new Map([...this.#rows].map(([id, row]) => [id, stateOf(row)]));
		this.show(items, grouping);
		const changed: (Shown<T, Row> | undefined)[] = [];
		this.#compare(undefined, children, shown, changed);
		return changed;
	}

	/** Shows other records where all rows are read again anyway. */
	show(items: readonly T[], grouping: Grouping): void {
		const before = this.#rows;
		this.#rows = new Map();
		this.#children = new Map();
		const top = newContainer(undefined, 0);
		const containers = new Map<string, Container>();
		for (const item of items) {
			for (const container of this.#containersOf(item, grouping, containers, top, before)) {
				this.#add(item, container, before);
			}
		}
		this.#settle(top);
	}

	#containersOf(
		item: T,
		grouping: Grouping,
		containers: Map<string, Container>,
		top: Container,
		before: Map<string, Shown<T, Row>>,
	): Container[] {
		const container = (kind: GroupRow['kind'], value: string, label: string, rank: number, parent = top) => {
			const id = `${kind}:${value}`;
			let known = containers.get(id);
			if (!known) {
				const { of } = this.#shape;
				const place = kind === 'folder' ? { folder: value } : {};
				const made: GroupRow = { kind, id, value, label, count: 0, parent: parent.row, of, ...place };
				const row = Object.assign(before.get(id) ?? {}, made);
				this.#rows.set(id, row);
				known = newContainer(row, rank);
				containers.set(id, known);
				parent.groups.push(known);
			}
			return known;
		};
		const folder = (path: string): Container =>
			path === '' ? top : container('folder', path, folderName(path), 0, folder(parentFolder(path)));
		const { folder: path, tags } = this.filingOf(item);
		switch (grouping) {
			case 'none':
				return [top];
			case 'folder':
				return [folder(path)];
			case 'tag':
				return tags.length === 0
					? [container('group', '', this.#shape.untagged(), 1)]
					: tags.map((tag) => container('tag', tagKey(tag), tag, 0));
			default: {
				const group = this.#shape.groupOf?.(item, grouping);
				return [group ? container('group', group.value, group.label, group.rank) : top];
			}
		}
	}

	#add(item: T, container: Container, before: Map<string, Shown<T, Row>>): void {
		const key = this.#shape.keyOf(item);
		const id = container.row ? `${key}@${container.row.id}` : key;
		const place: RecordRow<T> = { id, item, parent: container.row };
		const row = Object.assign(before.get(id) ?? {}, this.#shape.rowOf(item), place) as Row;
		this.#rows.set(id, row);
		(this.filingOf(item).favourite ? container.favourites : container.others).push(id);
		for (let group = container.row; group; group = group.parent) {
			group.count++;
		}
	}

	#settle(container: Container): void {
		container.groups.sort((a, b) => a.rank - b.rank || byName(a.row?.label ?? '', b.row?.label ?? ''));
		const groups = container.groups.flatMap(({ row }) => row ?? []);
		const records = [...container.favourites, ...container.others].flatMap((id) => this.#rows.get(id) ?? []);
		this.#children.set(container.row?.id ?? '', [...groups, ...records]);
		for (const group of container.groups) {
			this.#settle(group);
		}
	}

	#compare(
		parent: GroupRow | undefined,
		before: Map<string, Shown<T, Row>[]>,
		shown: Map<string, unknown>,
		changed: (Shown<T, Row> | undefined)[],
	): void {
		const [old, now] = [before.get(parent?.id ?? '') ?? [], this.children(parent)];
		if (old.length !== now.length || now.some((row, index) => old[index] !== row)) {
			changed.push(parent);
			return;
		}
		for (const row of now) {
			const [state, stateBefore] = [stateOf(row), shown.get(row.id)];
			if (state !== stateBefore && JSON.stringify(state) !== JSON.stringify(stateBefore)) {
				changed.push(row);
			} else if (!isRecord<T, Row>(row)) {
				this.#compare(row, before, shown, changed);
			}
		}
	}
}

/** What can change of a row that stays where it is. */
function stateOf<T, Row extends RecordRow<T>>(row: GroupRow | Row): unknown {
	return isRecord<T, Row>(row) ? row.item : `${row.label}\0${row.count}`;
}

export function isRecord<T, Row extends RecordRow<T>>(row: GroupRow | Row): row is Row {
	return 'item' in row;
}

function newContainer(row: GroupRow | undefined, rank: number): Container {
	return { row, rank, groups: [], favourites: [], others: [] };
}
