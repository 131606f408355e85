import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { endpointOf, providerKinds } from '../../providers/all.ts';
import { baseUrlProblem } from '../../providers/endpoint.ts';
import type { ProviderKind } from '../../providers/kind.ts';
import type { ProviderConfig } from '../../providers/provider.ts';
import { detectLocalServers } from '../../providers/localServers.ts';
import { providerConfigs, updateProviders } from '../kit/settings.ts';
import { runWithProgress } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';
import type { ModelServices } from './modelServices.ts';

/**
 * Adds a server to the user settings: one found on this machine, or one of any kind at an address that the user enters.
 */
export const addProvider: Command<ModelServices> = {
	id: 'addProvider',
	async run() {
		const found = await runWithProgress(
			{
				location: vscode.ProgressLocation.Notification,
				title: vscode.l10n.t('Looking for Ollama and LM Studio on this machine…'),
			},
			() => detectLocalServers(),
		);
		const items = [
			...found.map(({ id, kind, label, baseUrl }) => ({
				label,
				description: baseUrl,
				detail: vscode.l10n.t('Found on this machine'),
				add: async () => ({ id, kind, baseUrl }),
			})),
			...serverKinds().map((kind) => ({
				label: vscode.l10n.t('$(edit) {0}: enter an address…', kind.label),
				...(kind.baseUrl !== undefined && { description: kind.baseUrl }),
				add: () => askServer(kind),
			})),
		];
		const picked = chosen(
			await showPick(items, {
				placeHolder: vscode.l10n.t('Choose a server'),
				ignoreFocusOut: true,
			}),
		);
		const config = await picked.add();
		endpointOf(config);
		await updateProviders([...providerConfigs().filter(({ id }) => id !== config.id), config]);
		return config;
	},
};

/** Kinds that need an address come first, because they are added most often. */
function serverKinds(): ProviderKind[] {
	const servers = providerKinds.filter(({ isServer }) => isServer);
	return servers.toSorted((a, b) => Number(a.baseUrl !== undefined) - Number(b.baseUrl !== undefined));
}

async function askServer({ kind, label, baseUrl: own }: ProviderKind): Promise<ProviderConfig> {
	const { baseUrl, id } = await askInSteps<'baseUrl' | 'id'>(vscode.l10n.t('Add Provider'), {}, () => [
		{
			key: 'baseUrl',
			prompt:
				own === undefined
					? vscode.l10n.t('{0}: server address, usually ending in /v1', label)
					: vscode.l10n.t('{0}: server address', label),
			placeHolder: 'http://localhost:8000/v1',
			...(own !== undefined && { value: own }),
			check: (value) => {
				const problem = baseUrlProblem(value);
				if (problem !== undefined) {
					throw new AppError('validation', vscode.l10n.t('The address {0}', problem));
				}
			},
		},
		{
			key: 'id',
			prompt: vscode.l10n.t('A short id, used as the prefix of its model names'),
			placeHolder: 'local',
			check: (value) => {
				if (!/^[a-z0-9][a-z0-9_-]*$/.test(value)) {
					throw new AppError(
						'validation',
						vscode.l10n.t('Use lowercase letters, digits, hyphens and underscores only'),
					);
				}
				if (providerConfigs().some((config) => config.id === value)) {
					throw new AppError('validation', vscode.l10n.t('A provider "{0}" already exists', value));
				}
			},
		},
	]);
	return { id, kind, baseUrl };
}
