import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { WorkshopContext } from './context.ts';
import type { LiveRun } from './liveRuns.ts';

/**
 * Starts the next answer of a draft's chat and claims the chat until the answer has ended, across all windows of the
 * store. Of two messages sent at once, the second is refused before any of it is stored.
 */
export async function withAnswerClaim(
	context: WorkshopContext,
	draftId: number,
	begin: () => Promise<LiveRun>,
): Promise<LiveRun> {
	// An answer that is not stored yet would be missing from the request.
	await context.runs.storeUnstored();
	const { claimsGivenBack } = context.runs;
	const unreserve = context.runs.reserveAnswer(draftId);
	try {
		// The claim of an answer that has just ended here may still be being given back.
		await claimsGivenBack.get(draftId);
		const { claims } = await context.store();
		const release = await claims.take(`answer-${draftId}`);
		if (!release) {
			throw new AppError(
				'validation',
				l10n.t('The assistant is answering in another window. Wait, or stop it there'),
			);
		}
		// A claim that cannot be removed lapses when this window ends.
		const releaseClaim = () => release().catch(() => undefined);
		try {
			const run = await begin();
			void run.finished.then(() => {
				const given = releaseClaim().then(() => {
					if (claimsGivenBack.get(draftId) === given) {
						claimsGivenBack.delete(draftId);
					}
				});
				claimsGivenBack.set(draftId, given);
			});
			return run;
		} catch (thrown) {
			await releaseClaim();
			throw thrown;
		}
	} finally {
		unreserve();
	}
}
