import type * as vscode from 'vscode';
import type { ChatModels } from '../../workshop/context.ts';

const key = 'promptWorkshop.chatModels';
/** The newest are kept. */
const mostChats = 200;

/**
 * The models that chats of this workspace were begun with, in the workspace's memory and not in the store: what is
 * imported does not decide where a chat is sent.
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
		await this.#memory.update(key, [...others, [chat, model]].slice(-mostChats));
	}

	/** From now on all chats follow the setting. */
	async forget(): Promise<void> {
		await this.#memory.update(key, undefined);
	}

	get #all(): [chat: string, model: string][] {
		return this.#memory.get(key, []);
	}
}
