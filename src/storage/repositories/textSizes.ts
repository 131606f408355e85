import { estimateTokens } from '../../common/estimateTokens.ts';
import type { TextSize } from '../../common/model.ts';
import type { Database } from '../database.ts';
import { text } from './rows.ts';

/** A text never changes under its hash, so each is measured once. */
const measured = new WeakMap<Database, Map<string, TextSize>>();

/** Measures the texts of versions, by their hashes. */
export function textSizes(database: Database): (contentHash: string) => TextSize {
	return (contentHash) => {
		const known = measured.get(database) ?? new Map<string, TextSize>();
		measured.set(database, known);
		let size = known.get(contentHash);
		if (!size) {
			const row = database.row('SELECT content FROM prompt_texts WHERE content_hash = ?', [contentHash]);
			const content = row ? text(row, 'content') : '';
			size = { characters: content.length, tokens: estimateTokens(content) };
			known.set(contentHash, size);
		}
		return size;
	};
}
