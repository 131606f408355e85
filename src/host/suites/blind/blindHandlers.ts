import * as v from 'valibot';
import { blindChoices, type BlindProtocol, type BlindSnapshot } from '../../../common/blindPage.ts';
import type { RpcHandlers } from '../../../common/rpc.ts';
import type { BlindSession } from '../../../suites/blind/blindSession.ts';
import { messageParsers, pageHandlers, type MessageSchemas } from '../../kit/pageHandlers.ts';

/** Checks the requests of the page of a blind rating. */
export const blindParsers = messageParsers<BlindProtocol>({
	snapshot: v.null(),
	rate: v.strictObject({ pair: v.pipe(v.string(), v.maxLength(100)), choice: v.picklist(blindChoices) }),
	undo: v.null(),
	reveal: v.null(),
} satisfies MessageSchemas<BlindProtocol>);

/** Handles the requests of the page of a blind rating. */
export function blindHandlers(
	session: Pick<BlindSession, 'view' | 'rate' | 'undo' | 'reveal'>,
	{
		rating,
		name,
		locale,
		onSnapshot,
	}: Pick<BlindSnapshot, 'rating' | 'name' | 'locale'> & { onSnapshot: () => void },
): RpcHandlers<BlindProtocol> {
	return pageHandlers<BlindProtocol>(blindParsers, {
		snapshot: async () => {
			onSnapshot();
			return { ...(await session.view()), rating, name, locale };
		},
		rate: ({ pair, choice }) => session.rate(pair, choice),
		undo: () => session.undo(),
		reveal: () => session.reveal(),
	});
}
