import * as path from 'node:path';
import * as vscode from 'vscode';
import type { TopicIndex } from '../../topics/contract.ts';
import { openTopicIndex } from '../../topics/openTopicIndex.ts';
import { runWithProgress, showWarning } from '../kit/notify.ts';
import { trustedPath } from '../kit/places.ts';
import { loadWasm } from '../kit/sqlJs.ts';

/**
 * The topic index of this workspace, beside its store and in a thread of its own. Nothing is read and no thread is
 * started before the first call. While a damaged index is rebuilt, the Topics view shows progress.
 */
export function openTopics(folder: () => Promise<string>, log: vscode.LogOutputChannel): TopicIndex {
	const rebuild = new RebuildProgressBar();
	return openTopicIndex({
		file: async () => path.join(await folder(), 'topics.db'),
		createWorker: async (file) => {
			const [{ startTopicWorker }, wasm] = await Promise.all([import('./startTopicWorker.ts'), loadWasm()]);
			return startTopicWorker({ wasm, file, texts: vscode.l10n.bundle });
		},
		// At every reading: Refresh and a rebuild come back to places whose trust or links may have changed.
		realPath: trustedPath,
		log: {
			info: (message) => log.info(`[topics] ${message}`),
			warn: (message) => log.warn(`[topics] ${message}`),
		},
		onRebuild: (progress) => rebuild.show(progress),
	});
}

/** Shows in the Topics view that the index is being rebuilt, until it is done. */
class RebuildProgressBar {
	#finish: (() => void) | undefined;

	show(progress: object | undefined): void {
		if (progress === undefined) {
			this.#finish?.();
			this.#finish = undefined;
		} else if (!this.#finish) {
			const done = new Promise<void>((resolve) => {
				this.#finish = resolve;
			});
			void runWithProgress({ location: { viewId: 'promptWorkshop.topics' } }, () => done);
			void showWarning(
				vscode.l10n.t(
					'The topic index is damaged or from another version. It is being rebuilt from the article files',
				),
			);
		}
	}
}
