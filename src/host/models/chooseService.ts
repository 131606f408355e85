import * as vscode from 'vscode';
import { endpointOf, providerKinds } from '../../providers/all.ts';
import { detectLocalServers } from '../../providers/localServers.ts';
import type { ProviderConfig } from '../../providers/provider.ts';
import { services, type Service } from '../../providers/services.ts';
import { chosen } from '../kit/arguments.ts';
import { withLateProgress } from '../kit/lateProgress.ts';
import { showPick } from '../kit/pick.ts';
import { providerConfigs } from '../kit/settings.ts';

type Row = vscode.QuickPickItem & { service?: Service };

/** Lets the user choose what to add: local servers that answer come first, then all services, then any address. */
export async function chooseService(): Promise<Service> {
	const found = await withLateProgress(vscode.l10n.t('Looking for model servers on this machine…'), (signal) =>
		detectLocalServers(globalThis.fetch, signal),
	);
	const others = services.filter((service) => !found.includes(service));
	const rows: Row[] = [
		...group(vscode.l10n.t('Running on this machine'), found),
		...group(
			vscode.l10n.t('Services'),
			others.filter(({ start }) => start === undefined),
		),
		...group(
			vscode.l10n.t('Servers for this machine'),
			others.filter(({ start }) => start !== undefined),
		),
		separator(vscode.l10n.t('Any other address')),
		...ownAddresses(),
	];
	const picked = await showPick(rows, {
		placeHolder: vscode.l10n.t('Choose a service or a server. Nothing is saved until the connection is tested'),
		matchOnDescription: true,
		ignoreFocusOut: true,
	});
	return chosen(picked?.service);
}

/** The provider in the settings that is this service, if there is one. */
export function existingProvider(service: Service): ProviderConfig | undefined {
	const address = addressOf(service);
	return address === undefined
		? undefined
		: providerConfigs().find((config) => config.kind === service.kind && addressOf(config) === address);
}

function addressOf(config: ProviderConfig): string | undefined {
	try {
		return endpointOf(config).baseUrl;
	} catch {
		// Wrong settings are another provider's problem.
		return undefined;
	}
}

function group(title: string, members: readonly Service[]): Row[] {
	return members.length === 0 ? [] : [separator(title), ...members.map(row)];
}

function row(service: Service): Row {
	const existing = existingProvider(service);
	return {
		label: service.label,
		description: service.baseUrl,
		...(existing && { detail: vscode.l10n.t('In your settings as "{0}"', existing.id) }),
		service,
	};
}

/** Kinds that need an address come first, because they are added most often. */
function ownAddresses(): Row[] {
	return providerKinds
		.filter(({ isServer }) => isServer)
		.toSorted((a, b) => Number(a.baseUrl !== undefined) - Number(b.baseUrl !== undefined))
		.map(({ kind, label, baseUrl }) => ({
			label: vscode.l10n.t('$(edit) {0}: enter an address…', label),
			service: { id: '', label, kind, baseUrl: baseUrl ?? '', asksAddress: true, needsKey: false },
		}));
}

function separator(label: string): Row {
	return { label, kind: vscode.QuickPickItemKind.Separator };
}
