import type { Database } from 'sql.js';
import { lengthNorm } from './bm25.ts';
import { selectRows, text } from './rows.ts';

/** What the ranking needs to know about a topic's articles; the same for every query until the index changes. */
export interface TopicLengths {
	/** Ids of the articles, ascending, in the order in which the full-text index returns hits. */
	ids: number[];
	/** Divisors for the hits in each article's title and text, by their length. */
	titleNorms: number[];
	bodyNorms: number[];
}

/**
 * Reads the lengths of all articles of a topic, in tokens, with one query: reading them article by article, as `matchinfo`
 * does, takes longer than the rest of a search.
 */
export function readTopicLengths(database: Database, topic: string): TopicLengths {
	const [row] = selectRows(
		database,
		`SELECT json_group_array(a.id) AS ids, json_group_array(hex(s.size)) AS sizes
		FROM (SELECT id FROM articles WHERE topic = ? ORDER BY id) a CROSS JOIN article_index_docsize s ON s.docid = a.id`,
		[topic],
	);
	const lengths = (JSON.parse(text(row?.sizes)) as string[]).map(readVarints);
	return {
		ids: JSON.parse(text(row?.ids)) as number[],
		titleNorms: normsOf(lengths.map(([title]) => title ?? 0)),
		bodyNorms: normsOf(lengths.map(([, body]) => body ?? 0)),
	};
}

function normsOf(lengths: readonly number[]): number[] {
	const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
	return lengths.map((length) => lengthNorm(length, average));
}

/**
 * The numbers of a record of the shadow table `%_docsize`: seven bits per byte, lowest first, with the highest bit set in all
 * but the last (https://www.sqlite.org/fts3.html#fts3_and_fts4_varint_format).
 */
function readVarints(hex: string): number[] {
	const numbers: number[] = [];
	let number = 0;
	let factor = 1;
	for (let at = 0; at < hex.length; at += 2) {
		const byte = Number.parseInt(hex.slice(at, at + 2), 16);
		number += (byte & 0x7f) * factor;
		factor *= 0x80;
		if (byte < 0x80) {
			numbers.push(number);
			[number, factor] = [0, 1];
		}
	}
	return numbers;
}
