import type * as vscode from 'vscode';
import type { ChatModels } from '../../workshop/context.ts';

const key = 'promptWorkshop.chatModels';
/** Only the newest are remembered. */
const maxChats = 200;

/**
 * The models that chats of this workspace were started with. They are in the workspace's memento and not in the store,
 * so that imported data does not decide where a chat is sent.
 */
export class ChatModelMemory implements ChatModels {
	readonly #memory: vscode.Memento;

	constructor(memory: vscode.Memento) {
		this.#memory = memory;
	}

	of(storeId: string, chatId: number): string | undefined {
		return this.#all.find(([chat]) => chat === `${storeId}:${chatId}`)?.[1];
	}

	async keep(storeId: string, chatId: number, model: string): Promise<void> {
		const chat = `${storeId}:${chatId}`;
		const others = this.#all.filter(([other]) => other !== chat);
		await this.#memory.update(key, [...others, [chat, model]].slice(-maxChats));
	}

	/** Makes all chats follow the setting. */
	async forget(): Promise<void> {
		await this.#memory.update(key, undefined);
	}

	get #all(): [chat: string, model: string][] {
		return this.#memory.get(key, []);
	}
}
