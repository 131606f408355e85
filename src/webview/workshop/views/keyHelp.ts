import * as l10n from '@vscode/l10n';
import type { Place, WorkshopShown } from '../shown.ts';

/** What helps where a key is missing, was refused or has expired: entering another one. `code`: of the error. */
export function keyHelp(page: WorkshopShown, place: Place, code: string | undefined, provider: string) {
	return code === 'auth'
		? { label: l10n.t('Set API key…'), run: () => void page.call(place, 'setKey', { provider }) }
		: undefined;
}

/** Id of the provider of a model `provider/name`. */
export function providerOf(model: string): string {
	return model.split('/')[0] ?? '';
}
