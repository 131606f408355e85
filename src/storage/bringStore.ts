import type { SqlJsStatic } from 'sql.js';
import type { DiskFiles } from '../disk/files.ts';
import { textHash } from '../disk/textHash.ts';
import type { Blobs, ImportSummary } from './contract.ts';
import { type ExportedStore, exportRecords, groupBy } from './exportData.ts';
import { Import } from './importData.ts';
import { parseExport } from './importRows.ts';
import { loadState } from './loadState.ts';
import { migrate } from './migrate.ts';
import { storedReferences } from './references.ts';
import type { Session } from './repositories/rows.ts';

/** In the metadata of a draft that was brought from another store: identifies the draft there and the state it had. */
const originKey = 'broughtFrom';

export interface OtherStore {
	records: ExportedStore;
	/** Full answers and exact requests by their references. */
	references: Set<string>;
	damage: ImportSummary['skipped'];
}

/**
 * Reads everything that another store holds. Writes nothing there and does not contact the window that has it open, which
 * goes on working. A store with an older schema is migrated in memory.
 */
export async function readOtherStore(options: {
	files: DiskFiles;
	folder: string;
	sqlJs: SqlJsStatic;
	migrations: readonly (readonly string[])[];
	now: string;
}): Promise<OtherStore> {
	const { files, folder, sqlJs, migrations, now } = options;
	const { database, damage } = await loadState(files, folder, sqlJs, migrations);
	try {
		database.begin();
		migrate(database, migrations);
		database.commit();
		return {
			records: exportRecords(database, now),
			references: storedReferences(database),
			damage: damage.map(({ file, lost }) => ({ what: file, reason: lost })),
		};
	} finally {
		database.close();
	}
}

/** Copies the stored texts of another store into this one; returns the references that are then available here. */
export async function bringTexts(from: Blobs, to: Blobs, references: Iterable<string>): Promise<Set<string>> {
	const brought = new Set<string>();
	for (const reference of references) {
		const text = await from.get(reference);
		if (text !== undefined) {
			brought.add(await to.put(text));
		}
	}
	return brought;
}

/** Adds what the other store holds and this one has not brought from it before; runs inside one transaction. */
export function bringRecords(
	session: Session,
	ids: { here: string; there: string },
	records: ExportedStore,
	stored: ReadonlySet<string>,
): ImportSummary {
	const here = session.database.rows(
		`SELECT id, json_extract(metadata, '$.${originKey}') AS origin FROM auspex_prompt_drafts`,
	);
	const known = new Set(here.map(({ origin }) => origin));
	const own = new Set(here.map(({ id }) => `${ids.here}/${String(id)}`));
	const isHere = (origin: string) => known.has(origin) || own.has(origin.replace(/\/[^/]*$/, ''));
	const messages = groupBy(records.auspex_messages, 'chat_id');
	const suites = new Map(
		records.prompt_suites
			.filter((suite) => suite['owner_kind'] === 'draft')
			.map((suite) => [suite['owner_id'], suite['content']]),
	);
	const prompts = new Map(records.auspex_prompts.map((prompt) => [prompt['name'], nameHere(session, prompt)]));
	const drafts = records.auspex_prompt_drafts.flatMap((draft): ExportedStore['auspex_prompt_drafts'] => {
		const origin = originOf(
			ids.there,
			draft,
			messages.get(draft['workshop_chat_id']) ?? [],
			suites.get(draft['id']),
		);
		const parent = draft['parent_prompt_name'];
		return isHere(origin)
			? []
			: [
					{
						...draft,
						parent_prompt_name: prompts.get(parent) ?? parent,
						metadata: { ...(draft['metadata'] as Record<string, unknown> | null), [originKey]: origin },
					},
				];
	});
	const draftIds = new Set(drafts.map((draft) => draft['id']));
	const isOfBrought = (row: Record<string, unknown>) =>
		row['owner_kind'] === 'prompt' || draftIds.has(row['owner_id']);
	const chats = new Set(drafts.map((draft) => draft['workshop_chat_id']));
	const brought: ExportedStore = {
		...records,
		auspex_prompts: records.auspex_prompts.map((prompt) => ({ ...prompt, name: prompts.get(prompt['name']) })),
		auspex_chats: records.auspex_chats.filter(({ id }) => chats.has(id)),
		auspex_messages: records.auspex_messages.filter((message) => chats.has(message['chat_id'])),
		auspex_prompt_drafts: drafts,
		prompt_versions: records.prompt_versions.filter(isOfBrought),
		prompt_suites: records.prompt_suites.filter(isOfBrought),
	};
	return new Import(session, parseExport(JSON.stringify(brought)), stored).run();
}

/** The name of a prompt in this store: if its own name was taken when it was brought before, the name it got then. */
function nameHere({ database }: Session, { name, content }: Record<string, unknown>): unknown {
	const named = String(name);
	const same = database
		.rows('SELECT name FROM auspex_prompts WHERE content = ?', [String(content)])
		.map((row) => String(row['name']))
		.filter((here) => here === named || here.replace(/_\d+$/, '') === named.slice(0, 46));
	return same.includes(named) ? named : (same[0] ?? named);
}

/** Changes when the draft's text, chat, results or suite change; the same for a copy that is brought to yet another store. */
function originOf(
	storeId: string,
	draft: ExportedStore['auspex_prompt_drafts'][number],
	messages: ExportedStore['auspex_messages'],
	suite: unknown,
): string {
	// Without ids, because a copy has different ones.
	const state = [
		draft['draft_name'],
		draft['draft_content'],
		messages.map(({ content, status }) => [content, status]),
		draft.test_results.map(({ query, timestamp, user_rating: rating, notes }) => [query, timestamp, rating, notes]),
		// Left out if there is none, so that what was brought before there were suites is known again.
		...(suite === undefined ? [] : [suite]),
	];
	const hash = textHash(JSON.stringify(state)).slice(0, 16);
	const before = (draft['metadata'] as Record<string, unknown> | null)?.[originKey];
	return typeof before === 'string' && before.endsWith(`/${hash}`)
		? before
		: `${storeId}/${String(draft['id'])}/${hash}`;
}
