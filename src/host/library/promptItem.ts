import * as vscode from 'vscode';
import type { Filing } from '../../common/api.ts';
import type { PromptSummary, PromptVersion } from '../../common/model.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import { filingLines, filingMarks } from '../kit/filingTexts.ts';
import { plural } from '../kit/plural.ts';
import { versionUri } from '../kit/readOnlyDocuments.ts';

/** How a prompt is shown in its tree; `id` is that of the row. */
export function promptItem(prompt: PromptSummary, filing: Filing, id: string): vscode.TreeItem {
	const item = new vscode.TreeItem(
		prompt.title,
		prompt.versionCount > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
	);
	const state = [
		prompt.name,
		...(prompt.isDefault ? [vscode.l10n.t('default')] : []),
		...(prompt.usedBy > 0
			? [
					plural(
						prompt.usedBy,
						vscode.l10n.t('used by {0} draft', prompt.usedBy),
						vscode.l10n.t('used by {0} drafts', prompt.usedBy),
					),
				]
			: []),
	];
	item.id = id;
	item.description = [...state, ...filingMarks(filing)].join(' · ');
	item.iconPath = new vscode.ThemeIcon(filing.favourite ? 'star-full' : prompt.isDefault ? 'home' : 'note');
	item.contextValue = prompt.isDefault ? 'prompt.default' : 'prompt';
	item.tooltip = [prompt.title, prompt.description, ...state, ...filingLines(filing)].filter(Boolean).join('\n');
	item.accessibilityInformation = { label: [prompt.title, ...state, ...filingLines(filing)].join(', ') };
	item.command = {
		command: 'promptWorkshop.openPrompt',
		title: vscode.l10n.t('Open Prompt'),
		arguments: [prompt.name],
	};
	return item;
}

/** How a version is shown below its prompt. */
export function versionItem(node: {
	rowId: string;
	versionId: number;
	version: PromptVersion;
	number: number;
	title: string;
}): vscode.TreeItem {
	const { version, number, title } = node;
	const item = new vscode.TreeItem(`v${number}`);
	item.id = node.rowId;
	item.description = `${version.label ?? versionReasonLabel(version.reason)} · ${new Date(version.createdAt).toLocaleString()}`;
	item.iconPath = new vscode.ThemeIcon('history');
	item.contextValue = 'version';
	item.command = {
		command: 'vscode.open',
		title: vscode.l10n.t('Open Version'),
		arguments: [versionUri(title, version.id, number)],
	};
	return item;
}
