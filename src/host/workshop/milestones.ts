import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { isRunningTest } from '../../common/model.ts';
import type { Disposable, Event } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';

const milestones = ['extracted', 'tested', 'rated', 'committed'] as const;
type Milestone = (typeof milestones)[number];

/**
 * Sets the context keys that complete steps of the walkthrough, for what also happens without a command of VS Code: the
 * first prompt that is taken from the chat, test, rating and commit of a window.
 */
export function watchMilestones(onDidOpenStore: Event<Store>, onFailed: (error: unknown) => void): Disposable {
	const reached = new Set<Milestone>();
	const reach = (milestone: Milestone) => {
		if (!reached.has(milestone)) {
			reached.add(milestone);
			void vscode.commands.executeCommand('setContext', `promptWorkshop.${milestone}`, true);
		}
	};
	const lookAtResult = async (store: Store, testId: string) => {
		const result = await store.read(({ results }) => results.get(testId));
		if (!isRunningTest(result)) {
			reach('tested');
		}
		if (result.userRating !== null) {
			reach('rated');
		}
	};
	const lookAtDraft = async (store: Store, id: number) => {
		const { status, reason } = await store.read(({ drafts, versions }) => ({
			status: drafts.get(id).status,
			reason: versions.overview('draft', id, 1).versions[0]?.reason,
		}));
		if (reason === 'extract') {
			reach('extracted');
		}
		if (status === 'committed') {
			reach('committed');
		}
	};
	const unlessDeleted = (thrown: unknown) => {
		if (!isAppError(thrown, 'not-found')) {
			onFailed(thrown);
		}
	};
	return onDidOpenStore((store) => {
		store.onDidChange(({ drafts, results }) => {
			if (reached.size === milestones.length) {
				return;
			}
			// One that was deleted meanwhile does not hide the others.
			for (const testId of results) {
				lookAtResult(store, testId).catch(unlessDeleted);
			}
			for (const id of drafts) {
				lookAtDraft(store, id).catch(unlessDeleted);
			}
		});
	});
}
