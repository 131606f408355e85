import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import { textHash } from '../../disk/textHash.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { currentText } from './draftUri.ts';
import { showPick } from '../kit/pick.ts';

/**
 * Restores a text of the user's choice: the last saved text if the open document differs, the newest other version, or
 * the text of the prompt that the draft was cloned from.
 */
export async function resetDraft(store: Store, workshop: Workshop, draftId: number): Promise<void> {
	const { saved, current, previous, parent } = await store.read(({ drafts, prompts, versions }) => {
		const draft = drafts.get(draftId);
		const { draftContent, parentPromptName } = draft;
		const known = [draftContent, currentText(draft)].map(textHash);
		const hasParent = parentPromptName !== null && prompts.has(parentPromptName);
		return {
			saved: draftContent,
			current: currentText(draft),
			previous: versions.list('draft', draftId).find(({ contentHash }) => !known.includes(contentHash)),
			parent: hasParent ? prompts.get(parentPromptName) : undefined,
		};
	});
	const put = async (draftContent: string) => void (await workshop.update(draftId, { draftContent }));
	const items = [
		...(current === saved
			? []
			: [{ label: vscode.l10n.t('The last saved text'), description: '', apply: () => put(saved) }]),
		...(previous
			? [
					{
						label: vscode.l10n.t('The previous version'),
						description: `${versionReasonLabel(previous.reason)} · ${new Date(previous.createdAt).toLocaleString()}`,
						apply: async () => void (await workshop.restore(previous.id)),
					},
				]
			: []),
		...(parent && parent.content !== current
			? [
					{
						label: vscode.l10n.t('The text of "{0}"', parent.title),
						description: parent.name,
						apply: () => put(parent.content),
					},
				]
			: []),
	];
	if (items.length === 0) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('There is nothing to go back to: the draft has only one version'),
		);
	}
	const placeHolder = vscode.l10n.t('Choose the text to go back to. The current text is kept as a version');
	const chosen = await showPick(items, { placeHolder, ignoreFocusOut: true });
	await chosen?.apply();
}
