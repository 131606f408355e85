import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { visibleText } from '../../common/visibleText.ts';
import { metadataDifferences } from '../../prompts/metadataDifferences.ts';
import { showInformation } from '../kit/notify.ts';
import { showDiff } from '../kit/showDiff.ts';
import { textColumn } from '../kit/textColumn.ts';
import type { Side } from './side.ts';

/** Opens a diff editor, and names what differs besides the texts. */
export async function showComparison(left: Side, right: Side): Promise<void> {
	if (left.uri.toString() === right.uri.toString()) {
		throw new AppError('validation', vscode.l10n.t('A text cannot be compared with itself. Choose another one'));
	}
	await showDiff(left.uri, right.uri, vscode.l10n.t('{0} ↔ {1}', left.name, right.name));
	const differences = besides(left, right);
	if (differences !== '') {
		void showInformation(vscode.l10n.t('Besides the text, these differ: {0}', differences));
	}
}

/** The older text of one owner is on the left; of others, the one that can be edited is on the right. */
export function arranged(first: Side, other: Side): [Side, Side] {
	if (hasOwnerOf(first, other)) {
		return first.order <= other.order ? [first, other] : [other, first];
	}
	return first.isEditable || !other.isEditable ? [other, first] : [first, other];
}

export function hasOwnerOf({ owner: a }: Side, { owner: b }: Side): boolean {
	return a !== undefined && b !== undefined && a.ownerKind === b.ownerKind && a.ownerId === b.ownerId;
}

/** A pair of a comparison of several. Without a left side, the right one is new. */
export interface SidePair {
	left: Side | undefined;
	right: Side;
}

/** Opens a multi-diff editor, and names what differs besides the texts. */
export async function showComparisons(title: string, pairs: readonly SidePair[]): Promise<void> {
	// The editor always opens in the active group.
	if (textColumn() !== vscode.window.tabGroups.activeTabGroup.viewColumn) {
		await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
	}
	await vscode.commands.executeCommand(
		'vscode.changes',
		visibleText(title),
		pairs.map(({ left, right }) => [right.uri, left?.uri, right.uri]),
	);
	const differences = pairs.flatMap(({ left, right }) => {
		const named = left ? besides(left, right) : '';
		return named === '' ? [] : [vscode.l10n.t('{0}: {1}', right.name, named)];
	});
	if (differences.length > 0) {
		const shown = differences.slice(0, maxNamed);
		const rest = differences.length - shown.length;
		const list = [...shown, ...(rest > 0 ? [vscode.l10n.t('{0} more', rest)] : [])].join('; ');
		void showInformation(vscode.l10n.t('Besides the texts, these differ: {0}', list));
	}
}

const maxNamed = 5;

function besides({ metadata: before }: Side, { metadata: after }: Side): string {
	return before && after ? metadataDifferences(before, after).join(', ') : '';
}
