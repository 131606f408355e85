import * as vscode from 'vscode';
import type { FixtureFile, FixtureFiles } from '../../lab/labContext.ts';
import { isMissing, readerFor } from '../kit/folderReader.ts';
import { uriWithin } from '../kit/uriWithin.ts';

const hiddenFolder = '.promptworkshop/fixtures';
const openFolder = 'fixtures';
const pathsSetting = 'promptWorkshop.lab.fixturePaths';
/** How deep the folders of a root are searched. */
const maxDepth = 16;

/** A folder with fixture files. */
interface Root {
	/** Prefix of the ids of its files. */
	name: string;
	uri: vscode.Uri;
	/** Whether only files named `*.fixture.json` or with our schema count as fixtures. */
	open: boolean;
	/** Named in the settings, so a missing folder is an error. */
	configured: boolean;
	/** The workspace folder that contains it. Links must not lead out of it. */
	within?: vscode.Uri;
}

function isFixtureName(name: string): boolean {
	return /\.fixture\.jsonl?$/i.test(name);
}

/** Workspace folders with unique names. */
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

function roots(extensionUri: vscode.Uri, mine: vscode.Uri): Root[] {
	const own = folders();
	return [
		{ name: 'bundled', uri: vscode.Uri.joinPath(extensionUri, 'fixtures', 'lab'), open: false, configured: false },
		{ name: 'mine', uri: mine, open: false, configured: false },
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

/** JSON and JSONL files of a folder. Links are not followed, so that nothing outside the root is read. */
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

/** A list entry for a root that cannot be read, with the reason. */
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
		// The file may have been replaced by a link since it was listed.
		read: async () => reader.read(await uriWithin(uri, place)),
	};
}

/** Fixtures that were imported without a folder to write them to. */
export function ownFixtures(globalStorageUri: vscode.Uri): vscode.Uri {
	return vscode.Uri.joinPath(globalStorageUri, 'fixtures');
}

/**
 * Fixture files of this window: the bundled ones, the user's own, those in `.promptworkshop/fixtures` and `fixtures` of each workspace
 * folder, and those in the folders of the setting. A file reached in two ways is listed once. In an untrusted workspace
 * only the bundled ones are listed.
 */
export function createFixtureFiles({
	extensionUri,
	globalStorageUri,
}: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>): FixtureFiles {
	return {
		async list() {
			const all = roots(extensionUri, ownFixtures(globalStorageUri));
			const seen = new Set<string>();
			const pending: Promise<FixtureFile[]>[] = [];
			for (const root of vscode.workspace.isTrusted ? all : all.slice(0, 1)) {
				try {
					const place = root.within ? await uriWithin(root.uri, root.within) : root.uri;
					for await (const [uri, id] of jsonFiles(place, root.name, 0)) {
						if (!seen.has(uri.toString())) {
							seen.add(uri.toString());
							// A file that disappears between the two calls is omitted.
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

/** Calls `changed` when fixtures may have been added, removed or changed, at most twice a second. */
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
	const rewatch = () => {
		watch();
		later();
	};
	const subscriptions = [
		vscode.workspace.onDidChangeWorkspaceFolders(rewatch),
		vscode.workspace.onDidGrantWorkspaceTrust(rewatch),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration(pathsSetting)) {
				rewatch();
			}
		}),
	];
	return new vscode.Disposable(() => {
		clearTimeout(timer);
		vscode.Disposable.from(...watchers, ...subscriptions).dispose();
	});
}
