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

/** Scores one item and reports each of its states. Never rejects because of the model or its provider. */
export async function scorePlace(
	context: Pick<LabContext, 'models'>,
	state: Pick<LabState, 'fixture' | 'settings'>,
	place: ItemPlace,
	options: { rubric: string; model: string; signal: AbortSignal; report: (score: LabScore) => void },
): Promise<void> {
	const { rubric, model, signal, report } = options;
	const item = state.fixture.sections[place.section]?.items?.[place.item];
	if (!item) {
		throw new AppError(
			'not-found',
			l10n.t('The assessment has no item {0} in section {1}', place.item + 1, place.section + 1),
		);
	}
	const score: LabScore = { section: place.section, item: place.item, model, status: 'streaming' };
	report(score);
	const startedAt = performance.now();
	const elapsed = () => Math.round(performance.now() - startedAt);
	const { thinking, maxTokens } = state.settings;
	try {
		const result = await scoreItem(context, { rubric, item, model, thinking, maxTokens, signal });
		report({ ...score, ...result, status: 'complete', durationMs: elapsed() });
	} catch (thrown) {
		const { code, message } = toAppError(thrown);
		const ended: LabScore =
			code === 'cancelled'
				? { ...score, status: 'stopped' }
				: { ...score, status: 'failed', error: { code, message } };
		report({ ...ended, durationMs: elapsed() });
	}
}
