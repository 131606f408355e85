import * as l10n from '@vscode/l10n';
import type { AppError } from '../common/errors.ts';
import { isAboutAddress } from './connectionTest.ts';
import { isLoopback } from './endpoint.ts';
import type { Service } from './services.ts';

/** What is wrong with the connection to a service, and what to do, for the user who has just entered address and key. */
export function connectionProblem(
	fault: AppError,
	{ label, keyPage, start }: Pick<Service, 'label' | 'keyPage' | 'start'>,
	{ baseUrl, hasKey }: { baseUrl: string; hasKey: boolean },
): string {
	if (fault.code === 'auth' && fault.info.status === 401) {
		if (!hasKey) {
			return l10n.t('{0} at {1} wants a key (401). Enter it.', label, baseUrl);
		}
		return keyPage === undefined
			? l10n.t('{0} refused the key (401). Copy the whole key again.', label)
			: l10n.t('{0} refused the key (401). Copy the whole key again from {1}', label, keyPage);
	}
	if (isLoopback(new URL(baseUrl).origin) && /ECONNREFUSED/.test(fault.info.detail ?? '')) {
		return start === undefined
			? l10n.t('Nothing answers at {0}. Is the server running, and is this its port?', baseUrl)
			: l10n.t('Nothing answers at {0}. Is {1} running? {2}', baseUrl, label, start());
	}
	if (isAboutAddress(fault)) {
		return l10n.t(
			'{0} has no list of models at {1}. The address of most servers ends in /v1. If it is right, enter the name of a model.',
			label,
			baseUrl,
		);
	}
	return fault.message;
}
