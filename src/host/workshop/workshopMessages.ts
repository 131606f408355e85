import * as v from 'valibot';
import { draftStatuses, promptKinds, thinkingLevels } from '../../common/model.ts';
import { workshopIntent } from '../../common/workshopIntent.ts';
import { verdicts } from '../../common/suiteModel.ts';
import { suiteRowsPage } from '../../common/suitePage.ts';
import { historyPage, workshopActions, type WorkshopProtocol } from '../../common/workshopProtocol.ts';
import { variableLimits } from '../../prompts/variables/checkVariables.ts';
import { count, id, shortText, text } from '../kit/messageShapes.ts';
import { messageParsers, type MessageSchemas } from '../kit/pageHandlers.ts';

const testId = v.pipe(v.string(), v.maxLength(64));
const shownRun = { runId: v.nullable(testId) };

/** Checks the requests of the Workshop's page. */
export const workshopParsers = messageParsers<WorkshopProtocol>({
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
		kind: v.exactOptional(v.picklist(promptKinds)),
	}),
	runTest: v.strictObject({
		query: shortText,
		topic: shortText,
		limit: v.number(),
		thinking: v.picklist(thinkingLevels),
		vars: v.record(shortText, text),
		otherModel: v.boolean(),
	}),
	declare: v.strictObject({ names: v.pipe(v.array(shortText), v.maxLength(variableLimits.count)) }),
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
	keepIntent: v.strictObject({ intent: workshopIntent }),
	suite: v.null(),
	suiteRows: v.strictObject({
		...shownRun,
		offset: count,
		count: v.pipe(count, v.maxValue(suiteRowsPage)),
		filter: v.strictObject({ text: shortText, verdict: v.picklist([...verdicts, '']) }),
	}),
	suiteCase: v.strictObject({ ...shownRun, index: count }),
	runSuite: v.strictObject({
		variant: v.nullable(
			v.strictObject({
				model: v.exactOptional(shortText),
				thinking: v.exactOptional(v.picklist(thinkingLevels)),
			}),
		),
		repeat: v.nullable(count),
		failedFrom: v.nullable(testId),
		batch: v.boolean(),
		confirmed: v.boolean(),
	}),
	runAb: v.null(),
	stopSuite: v.strictObject({ runId: testId }),
	resumeSuite: v.strictObject({ runId: testId }),
	newSuite: v.null(),
	openSuite: v.strictObject({ line: v.nullable(count) }),
	keepLastTest: v.null(),
	openReport: v.strictObject({ runId: testId }),
	showTrialRequest: v.strictObject({ runId: testId, trialId: testId }),
	bisect: v.strictObject({ runId: testId, trialId: testId }),
	answerHuman: v.strictObject({ runId: testId, trialId: testId, assertion: count, pass: v.boolean() }),
} satisfies MessageSchemas<WorkshopProtocol>);
