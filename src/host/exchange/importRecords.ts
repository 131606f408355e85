import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import { AppError } from '../../common/errors.ts';
import { controlCharacters } from '../../common/topicName.ts';
import { importItemId } from '../../formats/importing/importItems.ts';
import type { ImportedDraft, ImportedRun } from '../../formats/imported.ts';
import { suitePrompts, withoutSuitePrompts, withSuitePrompts } from '../../formats/importing/suitePrompts.ts';
import type { NewDraft } from '../../workshop/importDrafts.ts';
import { limits } from '../../workshop/rules.ts';
import type { ReadImport } from './readImports.ts';

/** A suite or fixture that becomes a file. */
export interface NamedText {
	name: string;
	text: string;
}

/** What is stored of an import. */
export interface ImportRecords {
	drafts: NewDraft[];
	/** Suites that belong to no draft of the import. */
	suites: NamedText[];
	fixtures: NamedText[];
	/** Each with what its suite is stored with, which is in one of the other lists. */
	runs: { run: ImportedRun; owner: NewDraft | NamedText }[];
}

/** The names of the drafts that the files would become, by the ids of their items. `taken` are those of other drafts. */
export function draftNames(files: readonly ReadImport[], taken: ReadonlySet<string>): Map<string, string> {
	const used = new Set(taken);
	const names = new Map<string, string>();
	for (const [file, { imported }] of files.entries()) {
		for (const [index, { name }] of (imported?.drafts ?? []).entries()) {
			const own = freeName(fittingName(name), used);
			used.add(own);
			names.set(importItemId(file, 'draft', index), own);
		}
	}
	return names;
}

/**
 * The records of the items that were chosen. A suite belongs to the first draft of its file that it names. Throws `validation`
 * if a run is chosen without its suite.
 *
 * @param folder where the drafts are filed; empty for the top
 * @param ownSuites whether a suite without such a draft can stand for itself; otherwise it gets a draft without a text
 */
export function importRecords(
	files: readonly ReadImport[],
	chosen: ReadonlySet<string>,
	{ taken, folder, ownSuites }: { taken: ReadonlySet<string>; folder: string; ownSuites: boolean },
): ImportRecords {
	const names = draftNames(files, taken);
	const records: ImportRecords = { drafts: [], suites: [], fixtures: [], runs: [] };
	for (const [file, { imported }] of files.entries()) {
		if (!imported) {
			continue;
		}
		/** Positions in `records.drafts` by the name that the file uses. */
		const own = new Map<string, number>();
		for (const [index, draft] of imported.drafts.entries()) {
			const id = importItemId(file, 'draft', index);
			if (chosen.has(id)) {
				own.set(`draft:${draft.name}`, records.drafts.length);
				records.drafts.push(newDraft(draft, names.get(id) ?? draft.name, folder));
			}
		}
		const owners = new Map<number, NewDraft | NamedText>();
		for (const [index, suite] of imported.suites.entries()) {
			if (chosen.has(importItemId(file, 'suite', index))) {
				owners.set(index, addSuite(records, suite, own));
			}
		}
		records.fixtures.push(
			...imported.fixtures.filter((_fixture, index) => chosen.has(importItemId(file, 'fixture', index))),
		);
		for (const [index, run] of (imported.runs ?? []).entries()) {
			if (chosen.has(importItemId(file, 'run', index))) {
				records.runs.push({ run, owner: owners.get(run.suite) ?? withoutSuite(run) });
			}
		}
	}
	if (!ownSuites) {
		const used = new Set([...taken, ...records.drafts.map(({ draftName }) => draftName)]);
		for (const suite of records.suites.splice(0)) {
			const { name, text } = suite;
			const draftName = freeName(fittingName(name), used);
			used.add(draftName);
			const metadata = { kind: 'assistant', ...(folder !== '' && { folder }) };
			const draft = { draftName, draftContent: '', metadata, suite: () => text };
			records.drafts.push(draft);
			for (const one of records.runs.filter(({ owner }) => owner === suite)) {
				one.owner = draft;
			}
		}
	}
	return records;
}

function withoutSuite({ name }: ImportedRun): never {
	throw new AppError('validation', l10n.t('Choose the suite of the run "{0}" too: the run answers its cases', name));
}

/** What the suite is stored with. */
function addSuite(
	records: ImportRecords,
	{ name, text }: NamedText,
	own: ReadonlyMap<string, number>,
): NewDraft | NamedText {
	const named = suitePrompts(text);
	const known = named.flatMap((prompt) => own.get(prompt) ?? []);
	// A file with one draft means that draft.
	const [owner = named.length === 0 && own.size === 1 ? [...own.values()][0] : undefined] = known;
	const draft = owner === undefined ? undefined : records.drafts[owner];
	if (!draft || draft.suite) {
		const suite = { name, text: known.length === named.length ? text : withoutSuitePrompts(text) };
		records.suites.push(suite);
		return suite;
	}
	draft.suite = (ids) =>
		known.length > 1
			? withSuitePrompts(text, new Map([...own].map(([prompt, index]) => [prompt, `draft:${ids[index]}`])))
			: withoutSuitePrompts(text);
	return draft;
}

function newDraft(draft: ImportedDraft, draftName: string, folder: string): NewDraft {
	const { description, text, kind, variables, tools, promptRole, questions, model, parameters, origin } = draft;
	const notes = {
		...(model !== undefined && { model }),
		...(parameters && { parameters }),
		...(origin && { origin }),
	};
	return {
		draftName,
		...(description !== undefined && { draftDescription: cutText(description, limits.description.maximum) }),
		draftContent: text,
		metadata: {
			kind,
			variables,
			tools,
			promptRole,
			...(folder !== '' && { folder }),
			...(questions && { questions }),
			...(Object.keys(notes).length > 0 && { imported: notes }),
		},
	};
}

/** A name as a draft may have it: on one line, and neither too short nor too long. */
function fittingName(name: string): string {
	const { minimum, maximum } = limits.draftName;
	const line = name.replace(new RegExp(controlCharacters, 'gu'), ' ').replace(/\s+/gu, ' ').trim();
	return cutText(line.length < minimum ? l10n.t('Prompt {0}', line).trim() : line, maximum);
}

function freeName(name: string, used: ReadonlySet<string>): string {
	let free = name;
	for (let number = 2; used.has(free); number++) {
		const ending = ` (${number})`;
		free = `${cutText(name, limits.draftName.maximum - ending.length)}${ending}`;
	}
	return free;
}
