import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import type { SentimentCount } from '../index/contract.ts';
import { notRecorded } from './articleOutput.ts';
import { dateFilterOf } from './dateFilter.ts';
import { topicTool, type ToolContext } from './topicTool.ts';

export function analyzeSentimentTrends(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'analyze_sentiment_trends',
		description:
			'How many articles of the topic carry which recorded sentiment, month by month. Articles without one are counted as "not recorded"; nothing is inferred from their text.',
		arguments: v.object({ time_period: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), 'all') }),
		properties: {
			time_period: {
				type: 'string',
				description:
					'For example "last 90 days", "past year", "since March 2026", "2025", or "all" (when left out).',
			},
		},
		required: [],
		async run({ time_period: period }, notes) {
			const everything = /^(?:all(?:\s+time)?|)$/iu.test(period);
			const { from, until, dates } = await dateFilterOf(context, everything ? '' : periodPhrase(period), notes);
			if (!everything && dates === undefined) {
				const error = `The time_period "${period}" was not understood. Use for example "last 90 days", "since March 2026" or "all".`;
				return { content: JSON.stringify({ error }), summary: error, isError: true };
			}
			const counts = await context.service.ask('sentiments', context.topic, { from, until });
			const total = sum(counts);
			const recorded = sum(counts.filter(({ sentiment }) => sentiment !== null));
			const content = {
				...(dates && { dates }),
				...(notes.length > 0 && { notes }),
				articles: total,
				sentiment: recorded === 0 ? notRecorded : totals(counts),
				...(recorded > 0 && { months: byMonth(counts) }),
			};
			return {
				content: JSON.stringify(content),
				summary: `${period} · sentiment ${recorded === 0 ? notRecorded : `recorded for ${recorded} of ${total} articles`}`,
			};
		},
	});
}

/** Short forms that models like to send: "30 days", "month", "2025". */
function periodPhrase(period: string): string {
	if (/^(?:\d+\s+\w+|day|week|month|quarter|year)$/iu.test(period)) {
		return `past ${period}`;
	}
	return /^\d{4}$/u.test(period) ? `in ${period}` : period;
}

function sum(counts: readonly SentimentCount[]): number {
	return counts.reduce((total, { count }) => total + count, 0);
}

function totals(counts: readonly SentimentCount[]): Record<string, number> {
	const bySentiment = new Map<string, number>();
	for (const { sentiment, count } of counts) {
		const name = sentiment ?? notRecorded;
		bySentiment.set(name, (bySentiment.get(name) ?? 0) + count);
	}
	return Object.fromEntries(bySentiment);
}

function byMonth(counts: readonly SentimentCount[]): Record<string, unknown>[] {
	const months = [...new Set(counts.map(({ month }) => month))];
	return months.map((month) => ({
		month: month ?? notRecorded,
		...totals(counts.filter((count) => count.month === month)),
	}));
}
