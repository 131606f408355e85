import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { StoredFileSystem } from '../kit/storedFileSystem.ts';
import { DraftCodeLens } from './draftCodeLens.ts';
import { DraftDiagnostics } from './draftDiagnostics.ts';
import { DraftFileSystem } from './draftFileSystem.ts';
import { registerDraftStatusBar } from './draftStatusBar.ts';
import { registerDraftFeatures } from './registerDraftFeatures.ts';
import type { SaveReasons } from './saveReasons.ts';
import { toolDocuments } from './toolDocuments.ts';

/** Makes drafts documents of the editor, with everything that is shown in and around them. */
export class DraftEditor implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #drafts: DraftFileSystem;
	readonly #tools: StoredFileSystem;
	readonly #codeLens: DraftCodeLens;
	readonly #diagnostics: DraftDiagnostics;

	constructor(parts: {
		openStore: () => Promise<Store>;
		workshop: Workshop;
		saveReasons: SaveReasons;
		onFailed: (error: unknown) => void;
	}) {
		const { openStore, workshop, saveReasons, onFailed } = parts;
		this.#drafts = this.#disposables.add(new DraftFileSystem(openStore, workshop, saveReasons, onFailed));
		let isChecking = false;
		const checkTools = async () => {
			if (!isChecking) {
				isChecking = true;
				const { toolDiagnostics } = await import('./toolDiagnostics.ts');
				this.#disposables.add(toolDiagnostics(onFailed));
			}
		};
		const tools = toolDocuments(workshop, saveReasons, () => void checkTools().catch(onFailed));
		this.#tools = this.#disposables.add(new StoredFileSystem(openStore, tools, onFailed));
		this.#codeLens = this.#disposables.add(new DraftCodeLens(openStore));
		this.#diagnostics = this.#disposables.add(new DraftDiagnostics(parts));
		this.#disposables.add(registerDraftFeatures({ openStore, workshop, diagnostics: this.#diagnostics, onFailed }));
		this.#disposables.add(registerDraftStatusBar());
	}

	/** Follows a newly opened store. */
	follow(store: Store): void {
		this.#drafts.follow(store);
		this.#tools.follow(store);
		this.#diagnostics.follow(store);
		this.#disposables.add(store.onDidChange(() => this.#codeLens.refresh()));
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
