import { draftTitle } from '../../common/draftTitle.ts';
import { groupBy } from '../../common/groupBy.ts';
import { readFiling } from '../../prompts/promptMetadata.ts';
import type { OwnedSuite, Repositories } from '../../storage/contract.ts';
import type { DashboardRecord } from './dashboardView.ts';

type Owner = Pick<OwnedSuite, 'ownerKind' | 'ownerId'>;

/** How suites are named. */
export interface SuiteNames {
	/** The URI of the suite of a draft or prompt. */
	uriOf(owner: Owner): string;
	/** Whether a URI is that of the suite of a draft or prompt, which may be gone. */
	isOwned(uri: string): boolean;
}

/** The drafts, prompts and suite files of a store with their runs, and with the figures of their tests since a time. */
export function dashboardRecords(
	repositories: Pick<Repositories, 'drafts' | 'prompts' | 'suites' | 'results' | 'runs' | 'versions'>,
	since: string,
	names: SuiteNames,
): DashboardRecord[] {
	const { drafts, prompts, suites, results, runs } = repositories;
	const runsOf = groupBy(runs.list(), ({ suite }) => suite);
	const figuresOf = groupBy(results.figures(since), ({ draftId }) => draftId);
	const owners = new Set(suites.list().map(({ ownerKind, ownerId }) => `${ownerKind}:${ownerId}`));
	const owned = (owner: Owner) => {
		const own = runsOf.get(names.uriOf(owner)) ?? [];
		return {
			hasSuite: owners.has(`${owner.ownerKind}:${owner.ownerId}`),
			runs: own,
			// Only where they are counted: those since the newest run.
			versions:
				own.length === 0
					? []
					: repositories.versions.list(owner.ownerKind, owner.ownerId).map(({ createdAt }) => createdAt),
		};
	};
	const ofDrafts = drafts.list().map((draft): DashboardRecord => {
		const { folder, tags } = readFiling(draft.metadata);
		return {
			key: `draft:${draft.id}`,
			kind: 'draft',
			name: draftTitle(draft),
			folder,
			tags,
			figures: figuresOf.get(draft.id) ?? [],
			...owned({ ownerKind: 'draft', ownerId: draft.id }),
		};
	});
	const ofPrompts = prompts.list().map((prompt): DashboardRecord => {
		const { folder, tags } = readFiling(prompt.metadata);
		return {
			key: `prompt:${prompt.name}`,
			kind: 'prompt',
			name: prompt.title,
			folder,
			tags,
			figures: [],
			...owned({ ownerKind: 'prompt', ownerId: prompt.id }),
		};
	});
	const ofFiles = [...runsOf].flatMap(([uri, own]): DashboardRecord[] =>
		names.isOwned(uri)
			? []
			: [
					{
						key: uri,
						kind: 'file',
						name: own[0]?.suiteName ?? uri,
						folder: '',
						tags: [],
						hasSuite: true,
						runs: own,
						figures: [],
					},
				],
	);
	return [...ofDrafts, ...ofPrompts, ...ofFiles];
}
