import type { ToolOutput } from '../../common/tools.ts';
import type { SearchHit } from '../../common/topicModel.ts';
import type { ArticleBudget } from './articleBudget.ts';

export const notRecorded = 'not recorded';

/** The output of a tool that returns articles: JSON with the notes first, then one compact entry per article. */
export function articleOutput(
	head: Record<string, unknown>,
	hits: readonly SearchHit[],
	budget: ArticleBudget,
	notes: readonly string[],
	describe: (count: number) => string,
): ToolOutput {
	const { taken, leftOut } = budget.take(hits);
	const limitNote = `The limit of ${budget.limit} articles for this test is reached; ${leftOut} more were left out.`;
	const allNotes = [...notes, ...(leftOut > 0 ? [limitNote] : [])];
	const content = {
		...head,
		...(allNotes.length > 0 ? { notes: allNotes } : {}),
		articles: taken.map(({ article, snippet }) => ({
			title: article.title,
			url: article.uri,
			date: article.publicationDate?.slice(0, 10) ?? notRecorded,
			source: article.newsSource ?? notRecorded,
			category: article.category ?? notRecorded,
			...(article.sentiment === null ? {} : { sentiment: article.sentiment }),
			passage: snippet,
		})),
	};
	return { content: JSON.stringify(content), summary: describe(taken.length), articleCount: taken.length };
}

export function articlesInWords(count: number): string {
	return count === 1 ? '1 article' : `${count} articles`;
}
