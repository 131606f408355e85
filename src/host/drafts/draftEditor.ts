import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { DraftCodeLens } from './draftCodeLens.ts';
import { registerDraftDiagnostics } from './draftDiagnostics.ts';
import { DraftFileSystem } from './draftFileSystem.ts';
import { registerDraftLanguage } from './draftLanguage.ts';
import { registerDraftStatusBar } from './draftStatusBar.ts';
import { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import type { SaveReasons } from './saveReasons.ts';

/** Everything that makes a draft a document of the editor, and what is shown in and around it. */
export class DraftEditor implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #drafts: DraftFileSystem;
	readonly #readOnly: ReadOnlyDocuments;
	readonly #codeLens: DraftCodeLens;

	constructor(parts: {
		openStore: () => Promise<Store>;
		workshop: Workshop;
		topics: TopicIndex;
		saveReasons: SaveReasons;
		onFailed: (error: unknown) => void;
	}) {
		const { openStore, workshop, topics, saveReasons, onFailed } = parts;
		this.#drafts = this.#disposables.add(new DraftFileSystem(openStore, workshop, saveReasons, onFailed));
		this.#readOnly = this.#disposables.add(new ReadOnlyDocuments(openStore, workshop, topics, onFailed));
		this.#codeLens = this.#disposables.add(new DraftCodeLens(openStore));
		this.#disposables.add(registerDraftDiagnostics(onFailed));
		this.#disposables.add(registerDraftLanguage());
		this.#disposables.add(registerDraftStatusBar());
	}

	/** Follows a store that was opened. */
	follow(store: Store): void {
		this.#drafts.follow(store);
		this.#readOnly.follow(store);
		this.#disposables.add(store.onDidChange(() => this.#codeLens.refresh()));
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
