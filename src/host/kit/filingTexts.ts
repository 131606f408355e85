import * as vscode from 'vscode';
import type { Filing } from '../../common/api.ts';
import { promptKindLabel } from '../../common/promptKindLabel.ts';

/** More would push the state of a row out of sight. */
const shownTags = 3;

/** The tags of a draft or prompt as they stand behind its name. */
export function filingMarks({ tags }: Filing): string[] {
	const more = tags.length - shownTags;
	const shown = tags.slice(0, shownTags).map((tag) => `#${tag}`);
	return tags.length === 0 ? [] : [[...shown, ...(more > 0 ? [`+${more}`] : [])].join(' ')];
}

/** What a tooltip and a screen reader say of where a draft or prompt is filed. Plain text: it comes from files, too. */
export function filingLines({ kind, tags, folder, favourite }: Filing): string[] {
	return [
		...(favourite ? [vscode.l10n.t('Favourite')] : []),
		vscode.l10n.t('Kind: {0}', promptKindLabel(kind)),
		...(tags.length > 0 ? [vscode.l10n.t('Tags: {0}', tags.join(', '))] : []),
		...(folder === '' ? [] : [vscode.l10n.t('Folder: {0}', folder)]),
	];
}
