import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { isRunningTest } from '../../common/model.ts';
import type { Disposable, Event } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';

/**
 * Sets the context keys that complete steps of the walkthrough, for what also happens without a command: the first test
 * and the first rating of a window.
 */
export function watchMilestones(onDidOpenStore: Event<Store>, onFailed: (error: unknown) => void): Disposable {
	const reached = new Set<string>();
	const reach = (milestone: 'tested' | 'rated') => {
		if (!reached.has(milestone)) {
			reached.add(milestone);
			void vscode.commands.executeCommand('setContext', `promptWorkshop.${milestone}`, true);
		}
	};
	const look = async (store: Store, testId: string) => {
		const result = await store.read(({ results }) => results.get(testId));
		if (!isRunningTest(result)) {
			reach('tested');
		}
		if (result.userRating !== null) {
			reach('rated');
		}
	};
	const unlessDeleted = (thrown: unknown) => {
		if (!isAppError(thrown, 'not-found')) {
			onFailed(thrown);
		}
	};
	return onDidOpenStore((store) => {
		store.onDidChange(({ results }) => {
			// One that was deleted meanwhile does not hide the others.
			for (const testId of reached.size < 2 ? results : []) {
				look(store, testId).catch(unlessDeleted);
			}
		});
	});
}
