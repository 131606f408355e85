import * as l10n from '@vscode/l10n';
import { AppError, toAppError } from '../common/errors.ts';
import type { LabScore, LabState } from '../common/labState.ts';
import type { LabContext } from './labContext.ts';
import { scoreItem } from './score.ts';

export interface ItemPlace {
	section: number;
	item: number;
}

/** The items of an assessment; empty for any other fixture. */
export function itemPlaces({ fixture }: Pick<LabState, 'fixture'>): ItemPlace[] {
	return fixture.sections.flatMap(({ items }, section) => (items ?? []).map((_item, item) => ({ section, item })));
}

/** Scores one item and tells each state of it. Never rejects for what the model or its provider does. */
export async function scorePlace(
	context: Pick<LabContext, 'models'>,
	state: Pick<LabState, 'fixture' | 'settings'>,
	place: ItemPlace,
	options: { rubric: string; model: string; signal: AbortSignal; tell: (score: LabScore) => void },
): Promise<void> {
	const { rubric, model, signal, tell } = options;
	const item = state.fixture.sections[place.section]?.items?.[place.item];
	if (!item) {
		throw new AppError(
			'not-found',
			l10n.t('The assessment has no item {0} in section {1}', place.item + 1, place.section + 1),
		);
	}
	const score: LabScore = { section: place.section, item: place.item, model, status: 'streaming' };
	tell(score);
	const startedAt = performance.now();
	const elapsed = () => Math.round(performance.now() - startedAt);
	const { thinking, maxTokens } = state.settings;
	try {
		const result = await scoreItem(context, { rubric, item, model, thinking, maxTokens, signal });
		tell({ ...score, ...result, status: 'complete', durationMs: elapsed() });
	} catch (thrown) {
		const { code, message } = toAppError(thrown);
		const ended: LabScore =
			code === 'cancelled'
				? { ...score, status: 'stopped' }
				: { ...score, status: 'failed', error: { code, message } };
		tell({ ...ended, durationMs: elapsed() });
	}
}
