import type { AskedVariant, PlannedCase } from './plannedRun.ts';

/** How many answers a trial asks for. */
export function askedCount({ messages }: PlannedCase, { promptRole }: Pick<AskedVariant, 'promptRole'>): number {
	const prompt = promptRole === 'user' ? [{ role: 'user' as const }] : [];
	const all = [...prompt, ...(messages ?? [])];
	const asked = all.filter(({ role }, index) => role === 'user' && all[index + 1]?.role !== 'assistant').length;
	return messages ? Math.max(asked, 1) : 1;
}
