import * as l10n from '@vscode/l10n';
import type { DraftPatch } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { Draft } from '../common/model.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { recordText, replaceText, storeText } from './replaceText.ts';
import {
	checkContentForTest,
	checkDraftContent,
	checkDraftDescription,
	checkDraftName,
	checkKind,
	checkStatus,
} from './rules.ts';

export async function updateDraft(context: WorkshopContext, draftId: number, patch: DraftPatch): Promise<Draft> {
	const { draftContent, draftName, draftDescription, status, kind, variables } = patch;
	if (draftContent !== undefined) {
		checkDraftContent(draftContent);
	}
	if (draftName !== undefined) {
		checkDraftName(draftName);
	}
	if (draftDescription !== undefined) {
		checkDraftDescription(draftDescription);
	}
	if (status !== undefined) {
		checkStatus(status);
	}
	if (kind !== undefined) {
		checkKind(kind);
	}
	if (status === 'committed') {
		throw new AppError('validation', l10n.t('A draft can only be committed with "Commit as Prompt"'), {
			info: { field: 'status' },
		});
	}
	// Templates are loaded on first use.
	const declared = variables && (await import('./variables.ts'));
	const versioned = {
		...(kind !== undefined && { kind }),
		...(declared && { variables: declared.checkedVariables(variables) }),
	};
	const store = await context.store();
	const before = await store.read(({ drafts }) => drafts.get(draftId));
	if (status === 'testing' || status === 'ready') {
		checkContentForTest(draftContent ?? before.draftContent);
	}
	if (draftContent !== undefined) {
		await replaceText(context, draftId, draftContent, {
			reason: 'save',
			author: 'program',
			metadata: (stored) => ({ ...stored, ...versioned }),
		});
	}
	const fields = {
		...(draftName !== undefined && { draftName }),
		...(draftDescription !== undefined && { draftDescription }),
		...(status !== undefined && { status }),
	};
	return store.write(({ drafts }) => {
		const { metadata } = drafts.get(draftId);
		const changed = declared ? declared.withVariables(metadata, versioned.variables ?? []) : metadata;
		const isChanged = declared !== undefined || kind !== undefined;
		return drafts.update(
			draftId,
			{ ...fields, ...(isChanged && { metadata: { ...changed, ...versioned } }) },
			timestamp(context),
		);
	});
}

/** A save from the editor. `explicit`: the user asked for it, so it creates a version; an autosave does not. */
export async function saveDraftText(
	context: WorkshopContext,
	draftId: number,
	content: string,
	options: { explicit: boolean },
): Promise<Draft> {
	const store = await context.store();
	return store.write((repositories) => {
		const now = timestamp(context);
		const draft = storeText(repositories, draftId, content, now);
		if (options.explicit) {
			recordText(repositories, draftId, content, { reason: 'save', author: 'user' }, now);
		}
		return draft;
	});
}

/** Deletes a draft with its chat, results, versions and suite. Resolves to the id for `undoDelete`. */
export async function deleteDraft(context: WorkshopContext, draftId: number): Promise<number> {
	const store = await context.store();
	await store.read(({ drafts }) => drafts.get(draftId));
	await stopRuns(context, draftId);
	return store.write(({ trash }) => trash.removeDraft(draftId, timestamp(context)));
}

/** Deletes the drafts that are still there. Each can be restored. */
export async function deleteDrafts(context: WorkshopContext, draftIds: readonly number[]): Promise<void> {
	const store = await context.store();
	await Promise.all(draftIds.map((draftId) => stopRuns(context, draftId)));
	await store.write(({ drafts, trash }) => {
		for (const draftId of draftIds.filter((id) => drafts.has(id))) {
			trash.removeDraft(draftId, timestamp(context));
		}
	});
}

async function stopRuns({ runs }: WorkshopContext, draftId: number): Promise<void> {
	const running = runs.of(draftId);
	runs.stop(draftId);
	await Promise.all(running.map((run) => run.finished));
}

export async function undoDelete(context: WorkshopContext, trashId: number): Promise<void> {
	const store = await context.store();
	await store.write(({ trash }) => trash.restore(trashId));
}
