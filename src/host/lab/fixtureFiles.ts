import * as vscode from 'vscode';
import type { FixtureFile, FixtureFiles } from '../../lab/labContext.ts';
import { isMissing, readerFor } from './folderReader.ts';
import { placeWithin } from './placeWithin.ts';

const hiddenFolder = '.promptworkshop/fixtures';
const openFolder = 'fixtures';
const pathsSetting = 'promptWorkshop.lab.fixturePaths';
/** Folders below a root that are looked into. */
const maxDepth = 16;

/** A folder of fixture files. */
interface Root {
	/** Start of the ids of its files. */
	name: string;
	uri: vscode.Uri;
	/** Only files named `*.fixture.json`, or those that carry the schema, count. */
	open: boolean;
	/** Named in the settings, so that it should be there. */
	configured: boolean;
	/** The folder of the workspace in which it stands. Links do not lead out of it. */
	within?: vscode.Uri;
}

function isFixtureName(name: string): boolean {
	return /\.fixture\.jsonl?$/i.test(name);
}

/** Workspace folders with names made unique. */
function folders(): { name: string; folder: vscode.WorkspaceFolder }[] {
	const seen = new Map<string, number>();
	return (vscode.workspace.workspaceFolders ?? []).map((folder) => {
		const count = (seen.get(folder.name) ?? 0) + 1;
		seen.set(folder.name, count);
		return { name: count === 1 ? folder.name : `${folder.name} (${count})`, folder };
	});
}

function isAbsolute(path: string): boolean {
	return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path);
}

function configuredRoots(name: string, folder: vscode.WorkspaceFolder | undefined): Root[] {
	const paths = vscode.workspace.getConfiguration('promptWorkshop', folder).get<string[]>('lab.fixturePaths', []);
	return paths
		.filter((path) => typeof path === 'string' && path !== '' && (folder !== undefined || isAbsolute(path)))
		.map((path) => ({
			name: `${isAbsolute(path) ? '' : `${name}/`}${path.replaceAll('\\', '/').replace(/\/+$/, '')}`,
			uri: isAbsolute(path) || !folder ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path),
			open: false,
			configured: true,
			...(folder && { within: folder.uri }),
		}));
}

function roots(extensionUri: vscode.Uri): Root[] {
	const own = folders();
	return [
		{ name: 'bundled', uri: vscode.Uri.joinPath(extensionUri, 'fixtures', 'lab'), open: false, configured: false },
		...own.map(({ name, folder }) => ({
			name: `${name}/${hiddenFolder}`,
			uri: vscode.Uri.joinPath(folder.uri, hiddenFolder),
			open: false,
			configured: false,
			within: folder.uri,
		})),
		...(own.length === 0
			? configuredRoots('', undefined)
			: own.flatMap(({ name, folder }) => configuredRoots(name, folder))),
		...own.map(({ name, folder }) => ({
			name: `${name}/${openFolder}`,
			uri: vscode.Uri.joinPath(folder.uri, openFolder),
			open: true,
			configured: false,
			within: folder.uri,
		})),
	];
}

/** Fixtures, and recorded conversations one a line. No link is followed: nothing outside of the root is read. */
async function* jsonFiles(folder: vscode.Uri, path: string, depth: number): AsyncGenerator<[vscode.Uri, string]> {
	const entries = await readerFor(folder).entries(folder);
	for (const { name, isFolder } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const uri = vscode.Uri.joinPath(folder, name);
		if (isFolder && depth < maxDepth && name !== 'node_modules') {
			yield* jsonFiles(uri, `${path}/${name}`, depth + 1);
		} else if (!isFolder && /\.jsonl?$/i.test(name)) {
			yield [uri, `${path}/${name}`];
		}
	}
}

/** Stands in the list for a root that cannot be read, with the reason. */
function unreadable(root: Root, error: unknown): FixtureFile {
	const reason = isMissing(error)
		? vscode.l10n.t('The folder does not exist. Check the setting {0}', pathsSetting)
		: vscode.l10n.t('The folder cannot be read: {0}', error instanceof Error ? error.message : String(error));
	return { id: root.name, size: 0, etag: reason, needsSchema: false, read: () => Promise.reject(new Error(reason)) };
}

async function describe(
	root: Root,
	{ uri, id, place }: { uri: vscode.Uri; id: string; place: vscode.Uri },
): Promise<FixtureFile> {
	const reader = readerFor(uri);
	const { size, mtime } = await reader.stat(uri);
	return {
		id,
		size,
		etag: `${mtime}:${size}`,
		needsSchema: root.open && !isFixtureName(id),
		// A file may have become a link since it was listed.
		read: async () => reader.read(await placeWithin(uri, place)),
	};
}

/**
 * Fixture files of this window: the bundled ones, `.promptworkshop/fixtures` and `fixtures` of each workspace folder,
 * and the folders of the setting. A file reached on two ways is listed once. An untrusted workspace has none.
 */
export function createFixtureFiles(extensionUri: vscode.Uri): FixtureFiles {
	return {
		async list() {
			const seen = new Set<string>();
			const pending: Promise<FixtureFile[]>[] = [];
			for (const root of vscode.workspace.isTrusted ? roots(extensionUri) : roots(extensionUri).slice(0, 1)) {
				try {
					const place = root.within ? await placeWithin(root.uri, root.within) : root.uri;
					for await (const [uri, id] of jsonFiles(place, root.name, 0)) {
						if (!seen.has(uri.toString())) {
							seen.add(uri.toString());
							// A file that goes away between the two calls is simply not there.
							pending.push(
								describe(root, { uri, id, place }).then(
									(file) => [file],
									() => [],
								),
							);
						}
					}
				} catch (error) {
					if (root.configured || !isMissing(error)) {
						pending.push(Promise.resolve([unreadable(root, error)]));
					}
				}
			}
			return (await Promise.all(pending)).flat();
		},
	};
}

/** Calls `changed` when a fixture may have come, gone or changed, at most twice a second. */
export function watchFixtures(changed: () => void): vscode.Disposable {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const later = () => {
		timer ??= setTimeout(() => {
			timer = undefined;
			changed();
		}, 500);
	};
	let watchers: vscode.Disposable[] = [];
	const watch = () => {
		vscode.Disposable.from(...watchers).dispose();
		const patterns = folders().flatMap(({ name, folder }) => [
			new vscode.RelativePattern(folder, `${hiddenFolder}/**/*.{json,jsonl}`),
			new vscode.RelativePattern(folder, `${openFolder}/**/*.{json,jsonl}`),
			...configuredRoots(name, folder).map(({ uri }) => new vscode.RelativePattern(uri, '**/*.{json,jsonl}')),
		]);
		watchers = patterns.flatMap((pattern) => {
			const watcher = vscode.workspace.createFileSystemWatcher(pattern);
			return [watcher, watcher.onDidCreate(later), watcher.onDidChange(later), watcher.onDidDelete(later)];
		});
	};
	watch();
	const again = () => {
		watch();
		later();
	};
	const subscriptions = [
		vscode.workspace.onDidChangeWorkspaceFolders(again),
		vscode.workspace.onDidGrantWorkspaceTrust(again),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration(pathsSetting)) {
				again();
			}
		}),
	];
	return new vscode.Disposable(() => {
		clearTimeout(timer);
		vscode.Disposable.from(...watchers, ...subscriptions).dispose();
	});
}
