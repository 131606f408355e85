import * as vscode from 'vscode';
import { ownFixtures } from '../lab/fixtureFiles.ts';
import { fileExists } from '../kit/fileExists.ts';
import { freeFile } from '../kit/freeFile.ts';
import { fileName } from '../../formats/writing/fileName.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { suiteUri } from '../suites/suiteUri.ts';
import type { NewDraft } from '../../workshop/importDrafts.ts';
import type { ImportedSuite } from '../../suites/storeImportedRun.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { removeRuns, storeRuns } from './importedRuns.ts';
import { importRecords, type ImportRecords, type NamedText } from './importRecords.ts';
import type { ReadImport } from './readImports.ts';

export interface StoredImport {
	drafts: number[];
	/** URIs. */
	suites: string[];
	/** URIs. */
	fixtures: string[];
	/** Ids. */
	runs: string[];
	/** Moves the drafts to the trash, and deletes the runs and the files that nobody has changed since. */
	undo: () => Promise<void>;
}

/** The workspace folder that fixtures and suites are written to; undefined without a trusted one. */
export function importFolder(): vscode.Uri | undefined {
	const [folder] = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
	return folder?.uri;
}

/** Stores what was chosen of an import. If a file cannot be written, nothing stays stored. */
export async function storeImport(
	services: ExchangeServices,
	files: readonly ReadImport[],
	chosen: ReadonlySet<string>,
	folder: string,
): Promise<StoredImport> {
	const store = await services.openStore();
	const taken = await store.read(({ drafts }) => new Set(drafts.list().flatMap(({ draftName }) => draftName ?? [])));
	const root = importFolder();
	const records = importRecords(files, chosen, { taken, folder, ownSuites: root !== undefined });
	const written: { uri: vscode.Uri; text: string }[] = [];
	const drafts: number[] = [];
	const runs: string[] = [];
	const undo = async () => {
		await removeRuns(services, runs);
		await services.workshop.removeAll(drafts);
		for (const { uri, text } of written) {
			await deleteUnchanged(uri, text);
		}
		services.labTree.refresh();
	};
	try {
		const suites = root ? await writeAll(records.suites, written, suitePlace(root)) : [];
		const fixtures = await writeAll(records.fixtures, written, fixturePlace(services, root));
		drafts.push(...(await services.workshop.importDrafts(records.drafts)));
		const owned = records.drafts.flatMap(({ suite }, index) => (suite ? [drafts[index] ?? 0] : []));
		const draftSuite = (ownerId: number) =>
			suiteUri(store.status.storeId, { ownerKind: 'draft', ownerId }).toString();
		const suiteOf = (owner: NewDraft | NamedText): ImportedSuite => {
			if ('draftName' in owner) {
				const uri = draftSuite(drafts[records.drafts.indexOf(owner)] ?? 0);
				return { uri, name: owner.draftName, text: owner.suite?.(drafts) ?? '' };
			}
			const uri = suites[records.suites.indexOf(owner)] ?? '';
			return { uri, name: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)), text: owner.text };
		};
		const answered = records.runs.map(({ run, owner }) => ({ run, suite: suiteOf(owner) }));
		await storeRuns(services, answered, runs);
		// A watcher may miss a file in a new folder.
		services.labTree.refresh();
		return {
			drafts,
			suites: [...owned.map(draftSuite), ...suites],
			fixtures,
			runs,
			undo,
		};
	} catch (thrown) {
		await undo();
		throw thrown;
	}
}

function suitePlace(root: vscode.Uri) {
	return (slug: string) => freeFile(root, ['.promptworkshop', 'suites'], slug, '.prompttest.yaml');
}

function fixturePlace({ extension }: ExchangeServices, root: vscode.Uri | undefined) {
	const ending = '.fixture.json';
	return (slug: string) =>
		root
			? freeFile(root, ['.promptworkshop', 'fixtures'], slug, ending)
			: freeFile(ownFixtures(extension.globalStorageUri), [], slug, ending);
}

async function writeAll(
	texts: ImportRecords['suites'],
	written: { uri: vscode.Uri; text: string }[],
	place: (slug: string) => Promise<vscode.Uri>,
): Promise<string[]> {
	const uris: string[] = [];
	for (const { name, text } of texts) {
		const uri = await place(fileName(name));
		await writeAtomically(uri, text);
		written.push({ uri, text });
		uris.push(uri.toString());
	}
	return uris;
}

async function deleteUnchanged(uri: vscode.Uri, text: string): Promise<void> {
	if (await fileExists(uri)) {
		const current = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
		if (current === text) {
			await vscode.workspace.fs.delete(uri);
		}
	}
}
