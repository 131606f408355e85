import { localUser } from '../../common/model.ts';
import type { Texts } from '../contract.ts';
import type { Row } from '../database.ts';
import { number, type Session, text } from './rows.ts';

/** Characters of a text around a hit. */
const [before, after] = [40, 120];

const ownDrafts = `user_id = '${localUser}'`;

export function createTexts({ database }: Pick<Session, 'database'>): Texts {
	return {
		find(word, among) {
			const patterns = spellings(word).map((spelling) => `%${spelling.replace(/[\\%_]/g, '\\$&')}%`);
			const ids = (table: string, column: string, condition: string, only?: readonly number[]): number[] => {
				// An empty list would be no valid condition.
				if (only?.length === 0) {
					return [];
				}
				const like = patterns.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
				const within = only ? ` AND id IN (${only.map(() => '?').join(', ')})` : '';
				return database
					.rows(`SELECT id FROM ${table} WHERE ${condition}${within} AND (${like})`, [
						...(only ?? []),
						...patterns,
					])
					.map((row) => number(row, 'id'));
			};
			return {
				drafts: ids('auspex_prompt_drafts', 'draft_content', ownDrafts, among?.drafts),
				prompts: ids('auspex_prompts', 'content', '1', among?.prompts),
			};
		},
		excerpts({ drafts, prompts }, word) {
			const [lower = '', ...others] = spellings(word);
			const excerpt = (column: string) => {
				const at = [`instr(lower(${column}), ?)`, ...others.map(() => `instr(${column}, ?)`)];
				const first =
					at.length === 1 ? at[0] : `coalesce(${at.map((one) => `nullif(${one}, 0)`).join(', ')}, 0)`;
				return `SELECT id, substr(${column}, max(1, at - ${before}), ${before + after}) AS excerpt, at > ${before + 1} AS cut
					FROM (SELECT id, ${column}, ${first} AS at FROM`;
			};
			const read = (
				table: string,
				column: string,
				condition: string,
				ids: readonly number[],
			): Map<number, string> =>
				new Map(
					ids.length === 0
						? []
						: database
								.rows(
									`${excerpt(column)} ${table} WHERE ${condition} AND id IN (${ids.map(() => '?').join(', ')}))`,
									[lower, ...others, ...ids],
								)
								.map(toExcerpt),
				);
			return {
				drafts: read('auspex_prompt_drafts', 'draft_content', ownDrafts, drafts),
				prompts: read('auspex_prompts', 'content', '1', prompts),
			};
		},
	};
}

function toExcerpt(row: Row): [number, string] {
	return [number(row, 'id'), `${number(row, 'cut') === 1 ? '…' : ''}${text(row, 'excerpt')}`];
}

/** SQLite ignores the case of A to Z only. */
function spellings(word: string): string[] {
	const lower = word.toLowerCase();
	const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
	return /^[\0-\x7f]*$/.test(word) ? [lower] : [...new Set([lower, capital, lower.toUpperCase()])];
}
