import * as vscode from 'vscode';
import type { ModelMemory } from '../../workshop/context.ts';

/** Only the newest are remembered. */
const maxRemembered = 200;

/**
 * Models that chats or tests of this workspace go on using, by the id of the chat or draft. They are in the workspace's
 * memento and not in the store, so that imported data does not decide where a text is sent.
 */
export class RememberedModels implements ModelMemory, vscode.Disposable {
	readonly #memory: vscode.Memento;
	readonly #key: string;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly onDidChange = this.#changed.event;

	constructor(memory: vscode.Memento, key: 'promptWorkshop.chatModels' | 'promptWorkshop.testModels') {
		this.#memory = memory;
		this.#key = key;
	}

	of(storeId: string, id: number): string | undefined {
		return this.#all.find(([known]) => known === `${storeId}:${id}`)?.[1];
	}

	async keep(storeId: string, id: number, model: string): Promise<void> {
		if (this.of(storeId, id) === model) {
			return;
		}
		const key = `${storeId}:${id}`;
		const others = this.#all.filter(([other]) => other !== key);
		await this.#memory.update(this.#key, [...others, [key, model]].slice(-maxRemembered));
		this.#changed.fire();
	}

	/** Makes all of them follow the setting. */
	async forget(): Promise<void> {
		await this.#memory.update(this.#key, undefined);
		this.#changed.fire();
	}

	get #all(): [id: string, model: string][] {
		return this.#memory.get(this.#key, []);
	}

	dispose(): void {
		this.#changed.dispose();
	}
}
