import type { ExchangeServices } from './exchangeServices.ts';
import { LinkedFileWatch } from './linkedFileWatch.ts';

/** Watches the files that drafts are linked to, and offers what is new in them. The formats are loaded at the first change. */
export async function watchLinkedFiles(
	services: ExchangeServices,
	onFailed: (error: unknown) => void,
): Promise<LinkedFileWatch> {
	/** Drafts whose question is not answered yet. */
	const asked = new Set<number>();
	const watch = new LinkedFileWatch({
		async onChanged(draftId) {
			const { linkedChange } = await import('./linkedChange.ts');
			const change = await linkedChange(services, draftId);
			if (change.kind === 'none' || change.kind === 'draft' || asked.has(draftId)) {
				return;
			}
			asked.add(draftId);
			try {
				const { offerChange } = await import('./mergeLinkedFile.ts');
				await offerChange(services, change);
			} finally {
				asked.delete(draftId);
			}
		},
		onMoved: (draftId, uri) => services.workshop.moveLink(draftId, uri.toString()),
		onFailed,
	});
	await watch.refresh(await services.openStore());
	return watch;
}
