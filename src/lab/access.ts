import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';

export interface Account {
	id: string;
	label: string;
}

/** What the access rule needs from the editor. */
export interface AccessPort {
	isWorkspaceTrusted: () => boolean;
	/** Account ids or labels. Empty: the local profile is the admin of its own store. */
	facilitators: () => readonly string[];
	authProvider: () => string;
	/** Signed-in accounts. Rejects if the provider is missing or fails. */
	accounts: (provider: string) => Promise<readonly Account[]>;
	/** The account of a session that this extension may use. `interactive` may ask the user for one. */
	session: (provider: string, account: Account | undefined, interactive: boolean) => Promise<Account | undefined>;
}

export type RequireFacilitator = (options?: { interactive?: boolean }) => Promise<void>;

/**
 * The access rule of the Prompt Lab. Denies with one of four `AppError('access-denied')`: workspace not trusted,
 * provider missing or failing, sign-in needed, not a facilitator. `interactive` lets the user sign in first.
 */
export function createAccessRule(port: AccessPort): RequireFacilitator {
	return async ({ interactive = false } = {}) => {
		if (!port.isWorkspaceTrusted()) {
			throw denied(l10n.t('The Prompt Lab needs a trusted workspace. Trust this workspace to use it'));
		}
		const facilitators = port.facilitators();
		if (facilitators.length === 0) {
			return;
		}
		const isListed = ({ id, label }: Account) => facilitators.includes(id) || facilitators.includes(label);
		const provider = port.authProvider();
		let account: Account | undefined;
		let session: Account | undefined;
		let signInError: string | undefined;
		try {
			const accounts = await port.accounts(provider);
			account = accounts.find(isListed);
			if (accounts.length > 0 && !account) {
				throw notFacilitator();
			}
			session = await port.session(provider, account, interactive).catch((error: unknown) => {
				if (!interactive) {
					throw error;
				}
				// The user declined, or the sign-in failed. A provider that does not work at all also fails without
				// interaction.
				signInError = error instanceof Error ? error.message : String(error);
				return port.session(provider, account, false);
			});
		} catch (error) {
			if (error instanceof AppError) {
				throw error;
			}
			throw denied(
				l10n.t(
					'The authentication provider "{0}" is missing or failed. Check the setting promptWorkshop.lab.authProvider',
					provider,
				),
				error,
			);
		}
		if (!session) {
			const action = account
				? l10n.t('allow Prompt Workshop to use the {0} account {1}', provider, account.label)
				: l10n.t('sign in to {0} with a facilitator’s account', provider);
			const reason = signInError === undefined ? '' : l10n.t('. The sign-in failed: {0}', signInError);
			throw denied(l10n.t('Sign in needed: {0}, then try again{1}', action, reason));
		}
		if (!isListed(session)) {
			throw notFacilitator();
		}
	};
}

function denied(message: string, cause?: unknown): AppError {
	return new AppError('access-denied', message, { cause });
}

function notFacilitator(): AppError {
	return denied(l10n.t('You need facilitator or admin access to use the Prompt Lab'));
}
