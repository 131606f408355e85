import type { Draft } from '../common/model.ts';
import type { WorkshopContext } from './context.ts';

type Choices = Pick<WorkshopContext, 'chosenModel' | 'chatModels' | 'testModels'>;
type Owner = Pick<Draft, 'id' | 'workshopChatId'>;

/** The model that a draft's chat goes on with: the one that it began with, or the chosen one. Undefined: ask. */
export function chatModelOf(context: Choices, storeId: string, { workshopChatId }: Owner): string | undefined {
	const begun = workshopChatId === null ? undefined : context.chatModels.of(storeId, workshopChatId);
	return begun ?? context.chosenModel('chat') ?? undefined;
}

/** The model of a draft's next test: that of its last one, or the chosen one, or that of its chat. Undefined: ask. */
export function testModelOf(context: Choices, storeId: string, draft: Owner): string | undefined {
	const own = context.testModels.of(storeId, draft.id);
	const chosen = context.chosenModel('test');
	return own ?? (chosen === undefined ? chatModelOf(context, storeId, draft) : (chosen ?? undefined));
}
