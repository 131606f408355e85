import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { Article } from '../../common/topicModel.ts';

/** An article as a Markdown document with what is recorded about it. */
export function articleMarkdown(article: Article | undefined, uri: string): string {
	if (!article) {
		throw new AppError('not-found', l10n.t('No imported article has the address {0}. Import its topic again', uri));
	}
	const facts = [
		[l10n.t('Source'), article.newsSource],
		[l10n.t('Published'), article.publicationDate],
		[l10n.t('Category'), article.category],
		[l10n.t('Sentiment'), article.sentiment],
		[l10n.t('Tags'), article.tags.join(', ')],
		[l10n.t('Address'), article.uri],
		[l10n.t('File'), article.sourceFile],
	].filter(([, value]) => value);
	const lines = facts.map(([label, value]) => `- ${label}: ${value}`);
	return `# ${article.title}\n\n${lines.join('\n')}\n\n---\n\n${article.body}\n`;
}
