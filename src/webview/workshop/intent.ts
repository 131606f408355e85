import { thinkingLevels, type ThinkingLevel } from '../../common/model.ts';
import { readCompareShow, usualCompareShow, type CompareShow } from '../shared/compareShow.ts';
import type { KeptIntent } from '../shared/page.ts';
import { workshopTabs, type HistoryFilter, type WorkshopTab } from '../../common/workshopProtocol.ts';

export interface Intent extends KeptIntent {
	draftId: number;
	tab: WorkshopTab;
	/** Text typed and not sent. */
	composer: string;
	editing: { messageId: number; text: string } | null;
	/** Name or description typed and not saved. */
	name: string | null;
	description: string | null;
	query: string;
	topic: string | null;
	thinking: ThinkingLevel | null;
	limit: number | null;
	/** The result that the Test tab shows; null for the newest. */
	shown: string | null;
	comparing: boolean;
	/** The result above which the form was opened; above others it is one line. */
	formOpen: string | null;
	compare: CompareShow;
	/** Notes typed and not saved, by test id. */
	notes: Record<string, string>;
	/** Blocks opened or closed by hand, by message or test id. */
	open: Record<string, Record<number, boolean>>;
	/** Errors of turns that were dismissed, by message or test id. */
	dismissed: string[];
	filter: HistoryFilter;
	/** Where each column is scrolled to, as `ColumnPlaces` tells it; absent at the start or where the end is followed. */
	scroll: Record<string, number>;
}

export const noFilter: HistoryFilter = { text: '', rating: 0, topic: '', model: '', version: 0 };

/** Turns whose open blocks are remembered. */
const rememberedTurns = 100;

export function newIntent(draftId: number): Intent {
	return {
		draftId,
		at: 0,
		tab: 'chat',
		composer: '',
		editing: null,
		name: null,
		description: null,
		query: '',
		topic: null,
		thinking: null,
		limit: null,
		shown: null,
		comparing: false,
		formOpen: null,
		compare: usualCompareShow,
		notes: {},
		open: {},
		dismissed: [],
		filter: noFilter,
		scroll: {},
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf<T>(value: unknown, accept: (value: unknown) => value is T): Record<string, T> {
	return isRecord(value)
		? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => accept(entry[1])))
		: {};
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isBooleans = (value: unknown): value is Record<number, boolean> =>
	isRecord(value) && Object.values(value).every(isBoolean);

/** Takes from a kept state what still fits; a state of another draft is not looked at. */
export function readIntent(state: unknown, draftId: number): Intent | undefined {
	if (!isRecord(state) || state['draftId'] !== draftId) {
		return undefined;
	}
	const text = (key: string) => (isString(state[key]) ? state[key] : null);
	const { editing, filter } = state;
	const kept = isRecord(filter) ? filter : {};
	return {
		draftId,
		at: isNumber(state['at']) ? state['at'] : 0,
		tab: workshopTabs.find((tab) => tab === state['tab']) ?? 'chat',
		composer: text('composer') ?? '',
		editing:
			isRecord(editing) && isNumber(editing['messageId']) && isString(editing['text'])
				? { messageId: editing['messageId'], text: editing['text'] }
				: null,
		name: text('name'),
		description: text('description'),
		query: text('query') ?? '',
		topic: text('topic'),
		thinking: thinkingLevels.find((level) => level === state['thinking']) ?? null,
		limit: isNumber(state['limit']) ? state['limit'] : null,
		shown: text('shown'),
		comparing: state['comparing'] === true,
		formOpen: text('formOpen'),
		compare: readCompareShow(state['compare']),
		notes: recordOf(state['notes'], isString),
		open: Object.fromEntries(Object.entries(recordOf(state['open'], isBooleans)).slice(-rememberedTurns)),
		dismissed: Array.isArray(state['dismissed']) ? state['dismissed'].filter(isString).slice(-rememberedTurns) : [],
		filter: {
			text: isString(kept['text']) ? kept['text'] : '',
			rating: isNumber(kept['rating']) ? kept['rating'] : 0,
			topic: isString(kept['topic']) ? kept['topic'] : '',
			model: isString(kept['model']) ? kept['model'] : '',
			version: isNumber(kept['version']) ? kept['version'] : 0,
		},
		scroll: recordOf(state['scroll'], isNumber),
	};
}

/** The newer of what the page and the host kept, or a fresh one. */
export function newestIntent(states: readonly unknown[], draftId: number): Intent {
	const read = states.map((state) => readIntent(state, draftId)).filter((intent) => intent !== undefined);
	return read.sort((a, b) => b.at - a.at)[0] ?? newIntent(draftId);
}
