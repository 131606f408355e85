import type { StartedWorkshop } from '../../common/api.ts';
import { turnText } from '../../common/turn.ts';
import type { Draft } from '../../common/model.ts';
import type { LiveRun } from '../../workshop/liveRuns.ts';

/** What the API and commands return after the first answer of a new workshop has ended. */
export async function startedAnswer({
	draft,
	chatId,
	run,
}: {
	draft: Draft;
	chatId: number;
	run: LiveRun;
}): Promise<StartedWorkshop> {
	await run.finished;
	const { turn } = run;
	return {
		draftId: draft.id,
		chatId,
		draftName: draft.draftName,
		status: draft.status,
		initialMessage: turn.error ? '' : turnText(turn),
		createdAt: draft.createdAt,
		...(turn.error && { error: { code: turn.error.code, message: turn.error.message } }),
	};
}
