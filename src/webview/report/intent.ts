import * as v from 'valibot';
import { compareShow } from '../../common/compareShow.ts';
import { finite, kept, keptEntries, openBlocks } from '../../common/keptState.ts';
import { reportShows } from '../../common/reportPage.ts';

export const reportTabs = ['cases', 'trend'] as const;
export type ReportTab = (typeof reportTabs)[number];

/** Answers of which is remembered what was opened. */
const remembered = 300;

const against = v.nullable(
	v.variant('kind', [
		v.object({ kind: v.literal('run'), runId: v.string() }),
		v.object({ kind: v.literal('variant'), label: v.string() }),
		v.object({ kind: v.literal('none') }),
	]),
);

const reportIntent = v.object({
	/** Id of the run, or the address of its file: with it the host restores the panel. */
	report: v.string(),
	/** When it was kept. */
	at: kept(finite, 0),
	tab: kept(v.picklist(reportTabs), 'cases'),
	/** What the run is compared with, if the user has chosen it. */
	against: kept(against, null),
	filter: kept(v.object({ text: v.string(), show: v.picklist(reportShows) }), { text: '', show: '' as const }),
	/** The case that is shown instead of the list, and its repeat. */
	case: kept(v.nullable(finite), null),
	repeat: kept(finite, 1),
	compare: compareShow,
	/** Parts of answers that were opened or closed by hand, by trial. */
	open: keptEntries(openBlocks, remembered),
	/** Rows of the list above the view. */
	scroll: kept(finite, 0),
});

/** What the user of a report has chosen and the host does not know. */
export type ReportIntent = v.InferOutput<typeof reportIntent>;

/** Takes from a kept state what still fits; a state of another report is not looked at. */
export function readIntent(state: unknown, report: string): ReportIntent {
	const read = v.safeParse(reportIntent, state);
	return read.success && read.output.report === report ? read.output : v.parse(reportIntent, { report });
}
