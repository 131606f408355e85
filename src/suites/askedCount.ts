import { placePrompt } from '../prompts/placePrompt.ts';
import type { AskedVariant, PlannedCase } from './plannedRun.ts';
import type { SuiteMessage } from './suite.ts';

/** How many answers a trial asks for. */
export function askedCount(
	{ query, messages, recorded }: PlannedCase,
	{ promptRole }: Pick<AskedVariant, 'promptRole'>,
): number {
	if (recorded) {
		return 1;
	}
	const own: Pick<SuiteMessage, 'role'>[] = messages ?? (query === undefined ? [] : [{ role: 'user' }]);
	const { messages: all } = placePrompt<Pick<SuiteMessage, 'role'>>(promptRole, '', own);
	const asked = all.filter(({ role }, index) => role === 'user' && all[index + 1]?.role !== 'assistant').length;
	return Math.max(asked, 1);
}
