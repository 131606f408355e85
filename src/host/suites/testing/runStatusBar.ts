import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../common/lifecycle.ts';
import type { SuiteRuns } from '../suiteRuns.ts';
import { LaterOnce } from './laterOnce.ts';
import { RunProgress } from './runProgress.ts';

/** How often the progress is drawn at most, in milliseconds. */
const pause = 200;

/** Shows in the status bar how far runs of suites are, while there are any. A click opens the newest. */
export function runStatusBar({ onNews }: Pick<SuiteRuns, 'onNews'>, onFailed: (error: unknown) => void): Disposable {
	const disposables = new DisposableStore();
	const progress = new RunProgress();
	const later = disposables.add(new LaterOnce(pause, onFailed));
	const item = disposables.add(
		vscode.window.createStatusBarItem('promptWorkshop.suiteRuns', vscode.StatusBarAlignment.Left, 20),
	);
	item.name = vscode.l10n.t('Runs of test suites');
	const draw = () => {
		const shown = progress.shown;
		if (!shown) {
			item.hide();
			return;
		}
		const { runId, runs, done, trials } = shown;
		item.text =
			runs === 1
				? vscode.l10n.t('$(sync~spin) {0} of {1} answers', done, trials)
				: vscode.l10n.t('$(sync~spin) {0} runs: {1} of {2} answers', runs, done, trials);
		item.tooltip = vscode.l10n.t('A test suite is running. Click to open the run');
		item.command = {
			command: 'promptWorkshop.openReport',
			title: vscode.l10n.t('Open Report'),
			arguments: [runId],
		};
		item.show();
	};
	disposables.add(
		onNews((news) => {
			if (progress.take(news)) {
				later.run('', async () => draw());
			}
		}),
	);
	return disposables;
}
