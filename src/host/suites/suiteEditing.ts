import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { SuiteDiagnostics } from './suiteDiagnostics.ts';
import { registerSuiteLanguage } from './suiteLanguage.ts';
import type { SuiteServices } from './suiteServices.ts';
import { runStatusBar } from './testing/runStatusBar.ts';
import { SuiteCodeLens } from './testing/suiteCodeLens.ts';

/** What helps with suites in the editor. It is loaded after the extension is active: nothing waits for it. */
export function suiteEditing(services: SuiteServices, onFailed: (error: unknown) => void): Disposable {
	const disposables = new DisposableStore();
	disposables.add(new SuiteDiagnostics(services.suiteFiles, onFailed));
	disposables.add(registerSuiteLanguage(services));
	disposables.add(new SuiteCodeLens(services));
	disposables.add(runStatusBar(services.suiteRuns, onFailed));
	return disposables;
}
