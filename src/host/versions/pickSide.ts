import * as vscode from 'vscode';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import type { Repositories } from '../../storage/contract.ts';
import { draftIdOf } from '../drafts/draftUri.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import { trustedUri } from '../kit/places.ts';
import { promptNameOf, versionIdOf } from '../kit/readOnlyDocuments.ts';
import { pickVersion } from '../library/versionArguments.ts';
import { draftTitle } from '../../common/draftTitle.ts';
import { sideOf, type Side } from './side.ts';
import type { VersionServices } from './versionServices.ts';

interface Row extends vscode.QuickPickItem {
	/** What `sideOf` takes, or asks the user for it. Separators have none. */
	side?: unknown;
}

const versionsShown = 20;

/** Lets the user choose what to compare a text with: a version, draft, prompt, open editor or file. */
export async function pickSide(services: VersionServices, first: Side): Promise<Side> {
	const store = await services.openStore();
	const sections = await store.read((repositories): [string, Row[]][] => [
		[vscode.l10n.t('Versions'), versionRows(repositories, first)],
		[vscode.l10n.t('Drafts'), draftRows(repositories, first)],
		[vscode.l10n.t('Prompts'), promptRows(repositories, first)],
	]);
	const other: Row[] = [
		{ label: vscode.l10n.t('$(history) Version of a Draft or Prompt…'), side: () => pickAnyVersion(services) },
		{ label: vscode.l10n.t('$(folder-opened) File…'), side: pickFile },
	];
	const rows = [
		...sections,
		[vscode.l10n.t('Open editors'), await editorRows(first)],
		[vscode.l10n.t('Other'), other],
	]
		.map(([label, items]) => ({ label: label as string, items: items as Row[] }))
		.filter(({ items }) => items.length > 0)
		.flatMap(({ label, items }): Row[] => [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items]);
	const placeHolder = vscode.l10n.t('Compare {0} with', first.name);
	const { side } = chosen(await showPick(rows, { placeHolder, matchOnDescription: true }));
	return sideOf(services, typeof side === 'function' ? await (side as () => Promise<unknown>)() : side);
}

function versionRows({ versions }: Repositories, { owner, order }: Side): Row[] {
	const listed = owner ? versions.overview(owner.ownerKind, owner.ownerId, versionsShown).versions : [];
	return listed
		.filter(({ id }) => id !== order)
		.map(({ id, number, label, reason, createdAt }) => ({
			label: `v${number}${label === null ? '' : ` · ${label}`}`,
			description: `${versionReasonLabel(reason)} · ${new Date(createdAt).toLocaleString()}`,
			side: { versionId: id },
		}));
}

/** Without the first text itself; its current text is offered for a version. */
function draftRows({ drafts }: Repositories, { owner, order }: Side): Row[] {
	return drafts
		.list()
		.filter(({ id }) => order !== Infinity || owner?.ownerKind !== 'draft' || owner.ownerId !== id)
		.map((draft) => ({
			label: draftTitle(draft),
			description: draftStatusLabel(draft.status),
			side: { draftId: draft.id },
		}));
}

function promptRows({ prompts }: Repositories, { owner, order }: Side): Row[] {
	return prompts
		.list()
		.filter(({ id }) => order !== Infinity || owner?.ownerKind !== 'prompt' || owner.ownerId !== id)
		.map(({ name, title }) => ({ label: title, description: name, side: { promptName: name } }));
}

/** Texts in other tabs, except for drafts, prompts and versions, which are listed by name. Only trusted files. */
async function editorRows(first: Side): Promise<Row[]> {
	const uris = vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
		.filter(
			(uri) =>
				draftIdOf(uri) === undefined &&
				promptNameOf(uri) === undefined &&
				versionIdOf(uri) === undefined &&
				uri.toString() !== first.uri.toString(),
		);
	const distinct = [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
	const rows = await Promise.all(
		distinct.map(async (uri): Promise<Row[]> => {
			const isTrusted = await trustedUri(uri).then(
				() => true,
				() => false,
			);
			const description = vscode.workspace.asRelativePath(uri);
			return isTrusted ? [{ label: uri.path.slice(uri.path.lastIndexOf('/') + 1), description, side: uri }] : [];
		}),
	);
	return rows.flat();
}

async function pickAnyVersion(services: VersionServices): Promise<unknown> {
	const store = await services.openStore();
	const owners = await store.read(({ drafts, prompts }) => [
		...drafts.list().map((draft) => ({
			label: draftTitle(draft),
			description: vscode.l10n.t('draft'),
			owner: { ownerKind: 'draft' as const, ownerId: draft.id, title: draftTitle(draft) },
		})),
		...prompts.list().map(({ id, title }) => ({
			label: title,
			description: vscode.l10n.t('prompt'),
			owner: { ownerKind: 'prompt' as const, ownerId: id, title },
		})),
	]);
	const { owner } = chosen(await showPick(owners, { placeHolder: vscode.l10n.t('Choose a draft or prompt') }));
	return {
		versionId: (await pickVersion(services, owner, vscode.l10n.t('Choose a version of {0}', owner.title))).id,
	};
}

async function pickFile(): Promise<unknown> {
	const files = await vscode.window.showOpenDialog({ openLabel: vscode.l10n.t('Compare') });
	return chosen(files?.[0]);
}
