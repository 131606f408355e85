import { nothing, type TemplateResult } from 'lit';
import { errorNote } from '../../shared/errorNote.ts';
import type { Place, WorkshopShown } from '../shown.ts';
import { keyHelp } from './keyHelp.ts';

/** The error of a place, if there is one. */
export function placedError(page: WorkshopShown, place: Place): TemplateResult | typeof nothing {
	const error = page.errors.get(place);
	return error
		? errorNote(error, {
				retry: error.retry,
				dismiss: () => page.dismissError(place),
				help: keyHelp(page, place, error.code, error.provider ?? ''),
			})
		: nothing;
}
