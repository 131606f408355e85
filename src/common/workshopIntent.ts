import * as v from 'valibot';
import { compareShow } from './compareShow.ts';
import { finite, kept, keptEntries, keptList, openBlocks } from './keptState.ts';
import { thinkingLevels } from './model.ts';
import type { SuiteFilter } from './suitePage.ts';
import { verdicts } from './suiteModel.ts';
import { workshopTabs, type HistoryFilter, type KeptIntents } from './workshopProtocol.ts';

export const noFilter: HistoryFilter = { text: '', rating: 0, topic: '', model: '', version: 0 };

export const noSuiteFilter: SuiteFilter = { text: '', verdict: '' };

/** Turns whose open blocks are remembered. */
const rememberedTurns = 100;

const text = v.string();
const typed = kept(v.nullable(text), null);

/** What the user has entered or arranged in a Workshop page and the host does not know. */
export const workshopIntent = v.object({
	draftId: v.number(),
	/** Names the page that kept it: two windows may show one draft, each with text of its own. */
	page: kept(text, ''),
	/** When it was kept, by the page's clock: the newer one wins. */
	at: kept(finite, 0),
	tab: kept(v.picklist(workshopTabs), 'chat'),
	/** Text typed and not sent. */
	composer: kept(text, ''),
	editing: kept(v.nullable(v.object({ messageId: finite, text })), null),
	/** Name or description typed and not saved. */
	name: typed,
	description: typed,
	query: kept(text, ''),
	topic: typed,
	thinking: kept(v.nullable(v.picklist(thinkingLevels)), null),
	limit: kept(v.nullable(finite), null),
	/** Values of variables, as typed. */
	vars: keptEntries(text),
	/** The result that the Test tab shows; null for the newest. */
	shown: typed,
	comparing: kept(v.boolean(), false),
	/** The result above which the form is open; above any other it is collapsed to one line. */
	formOpen: typed,
	compare: compareShow,
	/** Notes typed and not saved, by test id. */
	notes: keptEntries(text),
	/** Blocks opened or closed by hand, by message or test id. */
	open: keptEntries(openBlocks, rememberedTurns),
	/** Errors of turns that were dismissed, by message or test id. */
	dismissed: keptList(text, rememberedTurns),
	filter: kept(
		v.object({
			text: kept(text, ''),
			rating: kept(finite, 0),
			topic: kept(text, ''),
			model: kept(text, ''),
			version: kept(finite, 0),
		}),
		noFilter,
	),
	/** The run that the Suite tab shows; null for the newest. */
	suiteRun: typed,
	/** The case whose trials it shows, by its position; null for the list. */
	suiteCase: kept(v.nullable(finite), null),
	suiteFilter: kept(
		v.object({ text: kept(text, ''), verdict: kept(v.picklist([...verdicts, '']), '') }),
		noSuiteFilter,
	),
	/** How often each case is run; null for what the suite says. */
	suiteRepeat: kept(v.nullable(finite), null),
	/** Whether it runs with the test model instead of the suite's. */
	suiteOwnModel: kept(v.boolean(), false),
	/** Scroll position of each column, from `ColumnPlaces`; absent at the start or while the column follows its end. */
	scroll: keptEntries(finite),
});
export type WorkshopIntent = v.InferOutput<typeof workshopIntent>;

export function newIntent(draftId: number): WorkshopIntent {
	return v.parse(workshopIntent, { draftId });
}

/** Takes what still fits from a kept state; the state of another draft is ignored. */
export function readIntent(state: unknown, draftId: number): WorkshopIntent | undefined {
	const read = v.safeParse(workshopIntent, state);
	return read.success && read.output.draftId === draftId ? read.output : undefined;
}

/**
 * The intent a page begins with. A page that kept a state itself (`own`) takes the newest of that and of what any host
 * kept for it, never that of another page. A page that kept nothing takes over what its host kept if it was restored,
 * else the newest of any. What a restored page takes over is its own under its old name: VS Code drops the state of a
 * panel whose host crashed, but may hand an older one of that page to the panel after the next reload. Any other page
 * is called `page`.
 */
export function firstIntent(own: unknown, kept: KeptIntents, draftId: number, page: string): WorkshopIntent {
	const read = (states: readonly unknown[]) =>
		states.map((state) => readIntent(state, draftId)).filter((intent) => intent !== undefined);
	const newestOf = (intents: readonly WorkshopIntent[], first: WorkshopIntent) =>
		intents.reduce((a, b) => (b.at > a.at ? b : a), first);
	const [mine] = read([own]);
	const [here] = read([kept.here]);
	const all = [...(here ? [here] : []), ...read(kept.elsewhere)];
	if (mine) {
		return newestOf(
			all.filter((intent) => intent.page === mine.page),
			mine,
		);
	}
	if (here && kept.restored) {
		return { ...here, page: here.page || page };
	}
	return { ...newestOf(all, newIntent(draftId)), page };
}
