import * as v from 'valibot';
import { reportRowsPage, reportShows, type ReportProtocol } from '../../../common/reportPage.ts';
import { count, shortText, text } from '../../kit/messageShapes.ts';
import { messageParsers, type MessageSchemas } from '../../kit/pageHandlers.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const against = v.nullable(
	v.variant('kind', [
		v.strictObject({ kind: v.literal('run'), runId: id }),
		v.strictObject({ kind: v.literal('variant'), label: shortText }),
		v.strictObject({ kind: v.literal('none') }),
	]),
);
const trial = { trialId: id, isOther: v.boolean() };

/** Checks the requests of a report's page. */
export const reportParsers = messageParsers<ReportProtocol>({
	snapshot: v.null(),
	view: v.strictObject({ against }),
	rows: v.strictObject({
		against,
		offset: count,
		count: v.pipe(count, v.maxValue(reportRowsPage)),
		filter: v.strictObject({ text: shortText, show: v.picklist(reportShows) }),
	}),
	case: v.strictObject({ against, index: count, repeat: count }),
	trend: v.null(),
	openReport: v.strictObject({ runId: id }),
	chooseRun: v.null(),
	exportRun: v.null(),
	blessBaseline: v.null(),
	openSuite: v.null(),
	showTrialRequest: v.strictObject(trial),
	bisect: v.strictObject({ trialId: id }),
	openText: v.strictObject({ ...trial, index: count }),
	openLink: v.strictObject({ url: shortText }),
	copy: v.strictObject({ text }),
} satisfies MessageSchemas<ReportProtocol>);
