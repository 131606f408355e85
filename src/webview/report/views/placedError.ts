import { nothing, type TemplateResult } from 'lit';
import { errorNote } from '../../shared/errorNote.ts';
import type { Place, ReportShown } from '../shown.ts';

/** The error of a place, if there is one. */
export function placedError(page: ReportShown, place: Place): TemplateResult | typeof nothing {
	const error = page.errors.get(place);
	return error ? errorNote(error, { retry: error.retry, dismiss: () => page.dismissError(place) }) : nothing;
}
