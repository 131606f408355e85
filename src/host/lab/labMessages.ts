import * as v from 'valibot';
import type { LabProtocol } from '../../common/labProtocol.ts';
import { labReplays, labToolChoices } from '../../common/labState.ts';
import { thinkingLevels } from '../../common/model.ts';
import { count, shortText, text } from '../kit/messageShapes.ts';
import { messageParsers, type MessageSchemas } from '../kit/pageHandlers.ts';

const column = v.strictObject({ column: shortText });
const take = v.strictObject({ take: shortText });
const nothing = v.strictObject({});
const listOf = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(10_000));
/** How many messages of a conversation the page may request at once. */
const messagesAtOnce = 1_000;

const field = v.variant('part', [
	v.strictObject({ part: v.literal('base') }),
	v.strictObject({ part: v.picklist(['instructions', 'context']), section: count }),
]);

const matrix = v.strictObject({
	prompts: listOf(shortText),
	columns: listOf(shortText),
	turns: v.picklist(['chosen', 'all']),
	thinking: listOf(v.picklist(thinkingLevels)),
});

/** Checks the requests of the Lab's page, and the arguments of the corresponding commands. */
export const labParsers = messageParsers<LabProtocol>({
	snapshot: v.null(),
	messages: v.strictObject({
		...column.entries,
		indices: v.pipe(v.array(count), v.minLength(1), v.maxLength(messagesAtOnce)),
	}),
	edit: v.strictObject({ field, text: v.nullable(text) }),
	choose: v.strictObject({ ...column.entries, turn: count }),
	configure: v.strictObject({
		thinking: v.exactOptional(v.picklist(thinkingLevels)),
		replay: v.exactOptional(v.picklist(labReplays)),
		tools: v.exactOptional(v.picklist(labToolChoices)),
		maxTokens: v.exactOptional(count),
	}),
	chooseModel: nothing,
	regenerate: column,
	regenerateAll: nothing,
	continueTake: v.strictObject({ ...take.entries, question: text }),
	continueRecorded: v.strictObject({ ...column.entries, question: text }),
	score: v.strictObject({ items: v.exactOptional(listOf(v.strictObject({ section: count, item: count }))) }),
	stop: v.strictObject({ take: v.exactOptional(shortText) }),
	retry: take,
	dismiss: take,
	startOver: nothing,
	promptChoices: nothing,
	matrixEstimate: matrix,
	startMatrix: matrix,
	closeMatrix: nothing,
	saveMatrix: nothing,
	showRequest: v.strictObject({ ...take.entries, step: count }),
	openText: v.strictObject({ of: shortText, index: count, block: count }),
	openLink: v.strictObject({ url: shortText }),
	copy: v.strictObject({ text }),
	sendToDraft: v.strictObject({ section: count }),
} satisfies MessageSchemas<LabProtocol>);
