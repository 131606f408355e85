import type { Filing } from '../../common/api.ts';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import type { DraftSummary } from '../../common/model.ts';

/** Whether a draft has every word of the filter in one of its texts, without regard to case. */
export function matchesFilter(
	{ draftName, draftDescription, parentPromptName, status }: DraftSummary,
	{ kind, tags, folder }: Filing,
	filter: string,
): boolean {
	if (filter === '') {
		return true;
	}
	const text = [
		draftName,
		draftDescription,
		parentPromptName,
		status,
		draftStatusLabel(status),
		kind,
		folder,
		...tags.map((tag) => `#${tag}`),
	]
		.join('\n')
		.toLowerCase();
	return filter
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
