import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import type { SearchHit } from '../../common/topicModel.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import type { TopicServices } from './topicServices.ts';
import { createPick } from '../kit/pick.ts';
import { topicArgument } from './topicArgument.ts';
import type { Command } from '../kit/command.ts';

const typingPause = 150;

/** Ranked search as one types; a hit opens its article. With a query it answers with the hits. */
export const searchTopic: Command<TopicServices> = {
	id: 'searchTopic',
	async run(services, argument, query) {
		const topic = await topicArgument(services, argument);
		if (typeof query === 'string') {
			return services.topics.search(topic, query);
		}
		browse(services, topic);
		return undefined;
	},
};

function browse(services: TopicServices, topic: string): void {
	const { pick, present } = createPick<vscode.QuickPickItem & { hit?: SearchHit }>();
	// VS Code would put titles that look like the query first; this property makes it keep the ranking, which
	// its declarations do not have yet.
	Object.assign(pick, { sortByLabel: false });
	present({ title: vscode.l10n.t('Search {0}', topic), placeholder: vscode.l10n.t('Words to look for') });
	let latest = 0;
	let timer: NodeJS.Timeout | undefined;

	const search = async (value: string) => {
		const mine = ++latest;
		pick.busy = true;
		try {
			const hits =
				value.trim() === '' ? [] : await services.topics.search(topic, value, { limit: 30, asYouType: true });
			if (mine === latest) {
				const none = { label: vscode.l10n.t('No article contains these words'), alwaysShow: true };
				const items = hits.map((hit) => ({
					label: hit.article.title,
					description: [hit.article.publicationDate?.slice(0, 10), hit.article.newsSource]
						.filter(Boolean)
						.join(' · '),
					detail: hit.snippet,
					alwaysShow: true,
					hit,
				}));
				present({ items: items.length === 0 && value.trim() !== '' ? [none] : items });
			}
		} catch (thrown) {
			present({ title: toAppError(thrown).message, items: [] });
		} finally {
			pick.busy = mine !== latest;
		}
	};

	pick.onDidChangeValue((value) => {
		clearTimeout(timer);
		timer = setTimeout(() => void search(value), typingPause);
	});
	pick.onDidAccept(() => {
		const hit = pick.selectedItems[0]?.hit;
		if (hit) {
			pick.hide();
			void showReadOnly({ kind: 'article', key: hit.article.uri, title: hit.article.title });
		}
	});
	pick.onDidHide(() => {
		clearTimeout(timer);
		pick.dispose();
	});
	pick.show();
}
