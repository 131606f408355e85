import * as vscode from 'vscode';
import { ownFixtures } from '../lab/fixtureFiles.ts';
import { fileExists } from '../kit/fileExists.ts';
import { freeFile } from '../kit/freeFile.ts';
import { fileName } from '../../formats/writing/fileName.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { suiteUri } from '../suites/suiteUri.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { importRecords, type ImportRecords } from './importRecords.ts';
import type { ReadImport } from './readImports.ts';

export interface StoredImport {
	drafts: number[];
	/** URIs. */
	suites: string[];
	/** URIs. */
	fixtures: string[];
	/** Moves the drafts to the trash and deletes the files that nobody has changed since. */
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
	const undo = async () => {
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
		// A watcher may miss a file in a new folder.
		services.labTree.refresh();
		return {
			drafts,
			suites: [
				...owned.map((ownerId) => suiteUri(store.status.storeId, { ownerKind: 'draft', ownerId }).toString()),
				...suites,
			],
			fixtures,
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
