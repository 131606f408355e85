import { draftTitle } from '../../common/draftTitle.ts';
import type { FoundRecord } from '../../workshop/findRecords.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { showRecord } from './showRecord.ts';

/** As many as anyone looks through. */
const mostShown = 100;

/**
 * Finds drafts and prompts by name, title, tag, folder and text, and opens the chosen one. With a query, the matches are
 * returned instead.
 */
export const findPrompt: Command<LibraryServices> = {
	id: 'findPrompt',
	async run(services, query) {
		// Loaded on first use.
		const { RecordFinder } = await import('../../workshop/findRecords.ts');
		const store = await services.openStore();
		const finder = await RecordFinder.open(store);
		const find = (text: string) => finder.find(text, mostShown);
		if (typeof query === 'string') {
			return (await find(query)).map(matchOf);
		}
		const { askForRecord } = await import('./askForRecord.ts');
		const { record, beside } = await askForRecord(find);
		await showRecord(services, record.owner, beside);
		return matchOf(record);
	},
};

function matchOf({ owner, shownName, excerpt, id }: FoundRecord) {
	const title = draftTitle({ id, draftName: shownName });
	return { ...owner, title, ...(excerpt !== undefined && { excerpt }) };
}
