import { nothing, type TemplateResult } from 'lit';
import { errorNote } from '../../shared/errorNote.ts';
import type { LabShown } from '../shown.ts';

/** An error that belongs to one place of the page, dismissible. */
export function errorAt(page: LabShown, place: string): TemplateResult | typeof nothing {
	const error = page.errors.get(place);
	return error ? errorNote(error, { dismiss: () => page.dismissError(place) }) : nothing;
}
