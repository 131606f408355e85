import * as vscode from 'vscode';
import { createAccessRule, type RequireFacilitator } from '../../lab/access.ts';
import { applicationSetting } from '../kit/settings.ts';

/** The access rule on top of VS Code: workspace trust, user settings and authentication providers. */
export function createAccessGuard(): RequireFacilitator {
	return createAccessRule({
		isWorkspaceTrusted: () => vscode.workspace.isTrusted,
		facilitators: () => applicationSetting<string[]>('lab.facilitators') ?? [],
		authProvider: () => applicationSetting<string>('lab.authProvider') || 'github',
		accounts: async (provider) => vscode.authentication.getAccounts(provider),
		session: async (provider, account, interactive) => {
			const session = await vscode.authentication.getSession(provider, [], {
				...(interactive
					? { createIfNone: { detail: vscode.l10n.t('Only listed facilitators can use the Prompt Lab.') } }
					: { silent: true }),
				...(account && { account }),
			});
			return session?.account;
		},
	});
}
