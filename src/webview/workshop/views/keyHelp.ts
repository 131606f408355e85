import * as l10n from '@vscode/l10n';
import type { Place, WorkshopShown } from '../shown.ts';

/** The help for a key that is missing, refused or expired: a button to enter another one. `code`: of the error. */
export function keyHelp(page: WorkshopShown, place: Place, code: string | undefined, provider: string) {
	return code === 'auth'
		? { label: l10n.t('Set API key…'), run: () => void page.call(place, 'setKey', { provider }) }
		: undefined;
}

/** Id of the provider of a model `provider/name`. */
export function providerOf(model: string): string {
	return model.split('/')[0] ?? '';
}
