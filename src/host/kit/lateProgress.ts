import * as vscode from 'vscode';
import { runWithProgress } from './notify.ts';

/** What takes less needs no notification, in milliseconds. */
const shownAfterMs = 400;

/**
 * Runs a task whose signal the user can abort from a notification, which appears only if the task takes a while: one that
 * flashes up hides what comes next, because VS Code shows few notifications at a time.
 */
export async function withLateProgress<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const controller = new AbortController();
	const running = task(controller.signal);
	const ended = running.then(
		() => true,
		() => true,
	);
	const late = new Promise<false>((resolve) => setTimeout(resolve, shownAfterMs, false));
	if (!(await Promise.race([ended, late]))) {
		await runWithProgress(
			{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
			async (_progress, token) => {
				token.onCancellationRequested(() => controller.abort());
				await ended;
			},
		);
	}
	return running;
}
