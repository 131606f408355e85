import { findDatePhrase, type DatePhrase } from '../dates/datePhrase.ts';
import { addUnits } from '../dates/dateSpan.ts';
import type { ToolContext } from './topicTool.ts';

export interface DateFilter {
	/** The text without its time phrase. */
	rest: string;
	from?: string | undefined;
	until?: string | undefined;
	/** The dates that were used, both inclusive, for the answer. */
	dates?: string;
}

/**
 * Takes the time phrase out of a text. If a topic ends before a phrase such as "last 7 days" begins, the phrase is counted
 * back from the topic's newest article instead, and a note says so.
 */
export async function dateFilterOf(context: ToolContext, text: string, notes: string[]): Promise<DateFilter> {
	const today = context.now.toISOString().slice(0, 10);
	const found = findDatePhrase(text, today);
	if (!found) {
		return { rest: text };
	}
	const newest = (await context.service.ask('newest', context.topic, addUnits(today, 1, 'day')))?.slice(0, 10);
	if (newest === undefined) {
		notes.push(`The articles of this topic record no date, so none is known to lie in "${found.phrase}".`);
	} else if (found.from !== undefined && newest < found.from) {
		const shifted = found.relative ? findDatePhrase(text, newest) : undefined;
		if (shifted) {
			notes.push(
				`The newest article of this topic is from ${newest}, so "${found.phrase}" was counted back from that day, not from today (${today}).`,
			);
			return filterOf(shifted);
		}
		notes.push(`The newest article of this topic is from ${newest}, before "${found.phrase}".`);
	}
	return filterOf(found);
}

function filterOf({ rest, from, until }: DatePhrase): DateFilter {
	const last = until === undefined ? undefined : addUnits(until, -1, 'day');
	const dates = [from && `from ${from}`, last && `to ${last}`].filter(Boolean).join(' ');
	return { rest, from, until, dates };
}
