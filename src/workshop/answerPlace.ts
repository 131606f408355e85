import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { WorkshopContext } from './context.ts';
import type { LiveRun } from './liveRuns.ts';

/**
 * Begins the next answer of a draft's chat. Its place is kept until it has ended, among all windows of the store: of two
 * messages that are sent at once the second is refused here, before anything of it is stored.
 */
export async function inAnswerPlace(
	context: WorkshopContext,
	draftId: number,
	begin: () => Promise<LiveRun>,
): Promise<LiveRun> {
	// An answer that could not be stored would be missing in what is sent.
	await context.runs.storeAgain();
	const leave = context.runs.reserveAnswer(draftId);
	try {
		const { claims } = await context.store();
		const release = await claims.take(`answer-${draftId}`);
		if (!release) {
			throw new AppError(
				'validation',
				l10n.t('The assistant is answering in another window. Wait, or stop it there'),
			);
		}
		// A claim that cannot be removed is nobody's as soon as this window ends.
		const free = () => release().catch(() => undefined);
		try {
			const run = await begin();
			void run.finished.then(free);
			return run;
		} catch (thrown) {
			await free();
			throw thrown;
		}
	} finally {
		leave();
	}
}
