import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import { draftStatuses, thinkingLevels } from '../../common/model.ts';
import { historyPage, longestText, workshopActions, type WorkshopProtocol } from '../../common/workshopProtocol.ts';

/** What comes from a page is unknown until one of these accepts it. Their strictness is about shape and size; the rules of
 * the product are checked by the use cases. */
const text = v.pipe(v.string(), v.maxLength(longestText));
const shortText = v.pipe(v.string(), v.maxLength(10_000));
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const testId = v.pipe(v.string(), v.maxLength(64));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const schemas = {
	snapshot: v.null(),
	earlier: v.strictObject({ before: id }),
	send: v.strictObject({ text }),
	resend: v.strictObject({ messageId: id, text }),
	retry: v.null(),
	stop: v.strictObject({ kind: v.picklist(['chat', 'test']) }),
	update: v.strictObject({
		draftName: v.exactOptional(shortText),
		draftDescription: v.exactOptional(shortText),
		status: v.exactOptional(v.picklist(draftStatuses)),
	}),
	runTest: v.strictObject({
		query: shortText,
		topic: shortText,
		limit: v.number(),
		thinking: v.picklist(thinkingLevels),
		otherModel: v.boolean(),
	}),
	result: v.strictObject({ testId }),
	history: v.strictObject({
		offset: count,
		count: v.pipe(count, v.maxValue(historyPage)),
		filter: v.strictObject({
			text: shortText,
			rating: v.number(),
			topic: shortText,
			model: shortText,
			version: v.number(),
		}),
	}),
	rate: v.strictObject({
		testId,
		userRating: v.exactOptional(v.nullable(v.number())),
		notes: v.exactOptional(v.nullable(shortText)),
	}),
	removeResult: v.strictObject({ testId }),
	openResult: v.strictObject({ testId }),
	compareVersion: v.strictObject({ testId }),
	showRequest: v.union([v.strictObject({ testId }), v.strictObject({ messageId: id })]),
	useBlock: v.strictObject({ messageId: id, text }),
	compareBlock: v.strictObject({ messageId: id, text }),
	copy: v.strictObject({ text }),
	openLink: v.strictObject({ url: shortText }),
	openText: v.strictObject({ key: testId, index: count }),
	setKey: v.strictObject({ provider: shortText }),
	action: v.strictObject({ action: v.picklist(workshopActions) }),
	keepIntent: v.strictObject({ intent: v.unknown() }),
} satisfies {
	[K in keyof WorkshopProtocol['requests']]: v.GenericSchema<unknown, WorkshopProtocol['requests'][K]['params']>;
};

export const workshopParsers = Object.fromEntries(
	Object.entries(schemas).map(([method, schema]) => [method, (params: unknown) => accept(method, schema, params)]),
) as { [K in keyof WorkshopProtocol['requests']]: (params: unknown) => WorkshopProtocol['requests'][K]['params'] };

function accept(method: string, schema: v.GenericSchema, params: unknown): unknown {
	const parsed = v.safeParse(schema, params);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		// The message names the expected form; what was received may be anything and is left out.
		throw new AppError('validation', `"${method}" was refused: expected ${issue.expected ?? 'another form'}`);
	}
	return parsed.output;
}
