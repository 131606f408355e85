import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { Filing } from '../../common/api.ts';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import type { DraftStatus, DraftSummary } from '../../common/model.ts';
import { readFileLink } from '../../prompts/linkedFile.ts';
import { filingLines, filingMarks } from '../kit/filingTexts.ts';
import { plural } from '../kit/plural.ts';
import { draftUri } from './draftUri.ts';

const icons: Record<DraftStatus, string> = {
	draft: 'circle-outline',
	testing: 'beaker',
	ready: 'circle-filled',
	committed: 'pass',
};

/** How a draft is shown in its tree; `id` is that of the row. */
export function draftItem(draft: DraftSummary, filing: Filing, storeId: string, id: string): vscode.TreeItem {
	const label = draftTitle(draft);
	const item = new vscode.TreeItem(label);
	const state = [
		draftStatusLabel(draft.status),
		draft.testCount > 0
			? plural(
					draft.testCount,
					vscode.l10n.t('{0} test', draft.testCount),
					vscode.l10n.t('{0} tests', draft.testCount),
				)
			: vscode.l10n.t('{0} chars', draft.contentLength.toLocaleString()),
		...(draft.averageRating === null ? [] : [`★${draft.averageRating.toFixed(1).replace('.0', '')}`]),
	];
	item.id = id;
	item.description = [...state, ...filingMarks(filing)].join(' · ');
	item.iconPath = new vscode.ThemeIcon(filing.favourite ? 'star-full' : icons[draft.status]);
	item.contextValue = readFileLink(draft.metadata) ? 'draft-linked' : 'draft';
	item.resourceUri = draftUri(storeId, draft);
	item.tooltip = draftTooltip(draft, filing, label);
	item.accessibilityInformation = { label: [label, ...state, ...filingLines(filing)].join(', ') };
	item.command = {
		command: 'promptWorkshop.openWorkshop',
		title: vscode.l10n.t('Open Workshop'),
		arguments: [draft.id],
	};
	return item;
}

/** Plain text, because names and descriptions come from files and models and must not be interpreted. */
function draftTooltip(draft: DraftSummary, filing: Filing, label: string): string {
	const link = readFileLink(draft.metadata);
	const lines = [
		label,
		draft.draftDescription,
		plural(
			draft.testCount,
			vscode.l10n.t('{0} characters, {1} test', draft.contentLength.toLocaleString(), draft.testCount),
			vscode.l10n.t('{0} characters, {1} tests', draft.contentLength.toLocaleString(), draft.testCount),
		),
		draft.parentPromptName === null ? null : vscode.l10n.t('Cloned from {0}', draft.parentPromptName),
		link ? vscode.l10n.t('Linked to {0}', vscode.workspace.asRelativePath(vscode.Uri.parse(link.uri))) : null,
		...filingLines(filing),
		vscode.l10n.t('Changed {0}', new Date(draft.updatedAt).toLocaleString()),
	];
	return lines.filter(Boolean).join('\n');
}
