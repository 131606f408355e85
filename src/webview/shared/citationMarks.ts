import * as l10n from '@vscode/l10n';
import type { Citation, CitationSupport } from '../../common/model.ts';

const marks: Record<CitationSupport, string> = { supported: '✓', 'not-returned': '⚠', unknown: '?' };

/** Puts a mark after every link in `root` that is a known citation, and removes marks that are out of date. */
export function markCitations(root: ParentNode, citations: readonly Citation[]): void {
	const supportOf = new Map(citations.map(({ url, support }) => [url, support]));
	const texts: Record<CitationSupport, string> = {
		supported: l10n.t('supported: a tool of this run returned this article'),
		'not-returned': l10n.t('not returned: the topic has this article, but no tool of this run returned it'),
		unknown: l10n.t('unknown: the topic has no such article'),
	};
	for (const link of root.querySelectorAll('a[data-url]')) {
		const support = supportOf.get(link.getAttribute('data-url') ?? '');
		const next = link.nextElementSibling;
		const old = next?.classList.contains('citation') ? next : undefined;
		if (old?.classList.contains(`citation-${support}`)) {
			continue;
		}
		old?.remove();
		if (support) {
			const mark = document.createElement('span');
			mark.className = `citation citation-${support}`;
			mark.setAttribute('role', 'img');
			mark.setAttribute('aria-label', texts[support]);
			mark.title = texts[support];
			mark.textContent = marks[support];
			link.after(mark);
		}
	}
}
