import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';

/** The provider did not return its list in time. */
export function slowListFault(id: string, label: string): AppError {
	const message = l10n.t('{0} did not return its models in time. Try again, or enter a model name.', label);
	return new AppError('network', message, { info: { provider: id, retryable: true } });
}
