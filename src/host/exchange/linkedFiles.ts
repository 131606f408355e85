import type { ExchangeServices } from './exchangeServices.ts';
import { LinkedFileWatch } from './linkedFileWatch.ts';

/** Watches the files that drafts are linked to, and offers what is new in them. The formats are loaded at the first change. */
export async function watchLinkedFiles(
	services: ExchangeServices,
	onFailed: (error: unknown) => void,
): Promise<LinkedFileWatch> {
	/** Drafts whose question is not answered yet, and whether their file may have changed again since it was asked. */
	const asked = new Map<number, boolean>();
	const watch = new LinkedFileWatch({
		async onChanged(draftId) {
			if (asked.has(draftId)) {
				asked.set(draftId, true);
				return;
			}
			const { linkedChange } = await import('./linkedChange.ts');
			const { offerChange } = await import('./mergeLinkedFile.ts');
			try {
				do {
					asked.set(draftId, false);
					const change = await linkedChange(services, draftId);
					if (change.kind !== 'none' && change.kind !== 'draft') {
						await offerChange(services, change);
					}
				} while (asked.get(draftId) === true);
			} finally {
				asked.delete(draftId);
			}
		},
		onMoved: (draftId, address) => services.workshop.moveLink(draftId, address),
		onFailed,
	});
	await watch.refresh(await services.openStore());
	return watch;
}
