import { nothing, type TemplateResult } from 'lit';
import { errorNote } from '../../shared/errorNote.ts';
import type { Place, WorkshopApp } from '../app.ts';
import { keyHelp } from './keyHelp.ts';

/** The error of a place, if there is one. */
export function placedError(app: WorkshopApp, place: Place): TemplateResult | typeof nothing {
	const error = app.errors.get(place);
	return error
		? errorNote(error, {
				retry: error.retry,
				dismiss: () => app.dismissError(place),
				help: keyHelp(app, place, error.code, error.provider ?? ''),
			})
		: nothing;
}
