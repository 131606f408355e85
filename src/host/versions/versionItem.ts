import * as vscode from 'vscode';
import type { ListedVersion } from '../../common/model.ts';
import { versionUri } from '../kit/readOnlyDocuments.ts';
import { versionTexts } from './versionTexts.ts';

/** A row of the Versions view. `owner` is the title of the draft or prompt. */
export function versionItem(version: ListedVersion, owner: string): vscode.TreeItem {
	const { title, facts, tooltip } = versionTexts(version, new Date(), vscode.env.language);
	const item = new vscode.TreeItem(title);
	item.id = `version:${version.id}`;
	item.description = facts.join(' · ');
	item.tooltip = tooltip;
	item.iconPath = new vscode.ThemeIcon(iconOf(version));
	item.contextValue = contextOf(version);
	item.accessibilityInformation = { label: [title, ...facts].join(', ') };
	item.command = {
		command: 'vscode.open',
		title: vscode.l10n.t('Open Version'),
		arguments: [versionUri(owner, version.id, version.number)],
	};
	return item;
}

/** The row at the end of a list that is not shown in full. */
export function moreItem(count: number): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t('Show more ({0} older)', count.toLocaleString(vscode.env.language)));
	item.id = 'more';
	item.iconPath = new vscode.ThemeIcon('ellipsis');
	item.contextValue = 'more';
	item.command = { command: 'promptWorkshop.showMoreVersions', title: vscode.l10n.t('Show More Versions') };
	return item;
}

function iconOf({ isCurrent, label }: ListedVersion): string {
	return isCurrent ? 'circle-filled' : label === null ? 'history' : 'tag';
}

/** What the menu offers depends on it: `version.draft.current.first.tested`. */
function contextOf({ ownerKind, isCurrent, previous, testCount, guideTestCount }: ListedVersion): string {
	return [
		'version',
		ownerKind,
		...(isCurrent ? ['current'] : []),
		...(previous ? [] : ['first']),
		...(testCount + guideTestCount > 0 ? ['tested'] : []),
	].join('.');
}
