import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { PromptVersion } from '../common/model.ts';
import { versionedMetadata, withVersioned } from '../prompts/promptMetadata.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { replaceText } from './replaceText.ts';
import { checkVersionLabel } from './rules.ts';

/**
 * Makes the text of a version, with its kind, variables and tools, the current one of its draft or prompt. The replaced
 * text is kept as a version.
 */
export async function restoreVersion(context: WorkshopContext, versionId: number): Promise<PromptVersion> {
	const store = await context.store();
	const { ownerKind, ownerId, content, metadata: kept } = await store.read(({ versions }) => versions.get(versionId));
	// An imported version may hold more than a version has.
	const metadata = versionedMetadata(kept);
	const source = { reason: 'restore', author: 'user' } as const;
	if (ownerKind === 'draft') {
		await replaceText(context, ownerId, content, {
			...source,
			metadata: (stored) => withVersioned(stored, metadata),
		});
	}
	return store.write(({ prompts, versions }) => {
		const now = timestamp(context);
		const record = { ownerKind, ownerId, now };
		if (ownerKind === 'prompt') {
			const current = prompts.getById(ownerId);
			versions.keep({
				...record,
				content: current.content,
				metadata: versionedMetadata(current.metadata),
				reason: 'save',
				author: 'user',
			});
			prompts.update(current.name, { content, metadata: withVersioned(current.metadata, metadata) }, now);
		}
		return versions.record({ ...record, content, metadata, ...source });
	});
}

/**
 * Labels a version; null or nothing but spaces removes its label. Throws `validation` if another version of the same
 * draft or prompt has the label.
 */
export async function labelVersion(
	context: WorkshopContext,
	versionId: number,
	given: string | null,
): Promise<PromptVersion> {
	const label = given?.normalize('NFC').trim() || null;
	if (label !== null) {
		checkVersionLabel(label);
	}
	const store = await context.store();
	return store.write(({ versions }) => {
		const { ownerKind, ownerId } = versions.get(versionId);
		const taken = label === null ? undefined : versions.labelled(ownerKind, ownerId, label);
		if (taken && taken.id !== versionId) {
			throw takenLabel(taken.label ?? '', taken.number);
		}
		return versions.setLabel(versionId, label);
	});
}

/** The error that names the version that has a label. */
export function takenLabel(label: string, number: number): AppError {
	const message = l10n.t(
		'Version {0} is already labelled "{1}". Choose another label, or remove it from that version first',
		number,
		label,
	);
	return new AppError('validation', message, { info: { field: 'label' } });
}
