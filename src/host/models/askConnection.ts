import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { endpointOf } from '../../providers/all.ts';
import { baseUrlProblem, mayCarryKey } from '../../providers/endpoint.ts';
import { requireKeyForm } from '../../providers/keys.ts';
import type { ProviderConfig } from '../../providers/provider.ts';
import type { Service } from '../../providers/services.ts';
import { askInSteps, type Question } from '../kit/askInSteps.ts';
import { providerConfigs } from '../kit/settings.ts';
import type { ApiKeys } from './apiKeys.ts';
import { existingProvider } from './chooseService.ts';
import { freeId } from './freeId.ts';
import { isProviderId } from './isProviderId.ts';
import { proposedId } from './proposedId.ts';
import { withBuiltIn } from './withBuiltIn.ts';

/** What the user entered; nothing of it is stored yet. */
export interface Entered {
	config: ProviderConfig;
	/** Undefined if none was entered. */
	key: string | undefined;
	/** The provider is in the settings already. */
	exists: boolean;
}

type Field = 'baseUrl' | 'id' | 'key';

/** The part of an Azure address that each user replaces. */
const placeholder = 'YOUR-RESOURCE';

/** Asks for what a service needs: its address if it differs for each user or if it was wrong, an id and a key. */
export async function askConnection(keys: ApiKeys, service: Service, before?: Entered): Promise<Entered> {
	const existing = existingProvider(service);
	const asksAddress = service.asksAddress === true || before !== undefined;
	if (existing && !asksAddress) {
		const key = service.needsKey ? await askKey(keys, service, existing) : undefined;
		return { config: existing, key, exists: true };
	}
	const address = before?.config.baseUrl ?? service.baseUrl;
	const config = (answers: Partial<Record<Field, string>>): ProviderConfig => {
		const baseUrl = answers.baseUrl ?? service.baseUrl;
		return { id: answers.id ?? idFor(service, baseUrl), kind: service.kind, baseUrl };
	};
	const answers = await askInSteps<Field>(title(service), {}, (given) => [
		...(asksAddress ? [addressQuestion(service, address)] : []),
		idQuestion(before?.exists === false ? before.config.id : config(given).id),
		...(asksForKey(service, config(given)) ? [keyQuestion(service, config(given), false)] : []),
	]);
	return { config: config(answers), key: answers.key?.trim() || undefined, exists: false };
}

/** Asks for the key alone. Undefined if the user leaves it empty, because the known key or none is enough. */
export async function askKey(keys: ApiKeys, service: Service, config: ProviderConfig): Promise<string | undefined> {
	const { id, origin } = endpointOf(config);
	// A locked secret storage knows none.
	const known = await keys.get(id, origin).catch(() => undefined);
	const { key } = await askInSteps<'key'>(title(service), {}, () => [
		keyQuestion(service, config, known !== undefined) as Question<'key'>,
	]);
	return key.trim() || undefined;
}

function title({ id, label }: Service): string {
	return id === '' ? vscode.l10n.t('Add Provider') : vscode.l10n.t('Add {0}', label);
}

function idFor(service: Service, baseUrl: string): string {
	return freeId(service.id || proposedId(baseUrl), withBuiltIn(providerConfigs()));
}

function addressQuestion({ label, kind }: Service, value: string): Question<Field> {
	return {
		key: 'baseUrl',
		prompt:
			kind === 'openai-compatible'
				? vscode.l10n.t('{0}: server address, usually ending in /v1', label)
				: vscode.l10n.t('{0}: server address', label),
		placeHolder: 'http://localhost:8000/v1',
		value,
		check: (typed) => {
			const problem = baseUrlProblem(typed);
			if (problem !== undefined) {
				throw new AppError('validation', vscode.l10n.t('The address {0}', problem));
			}
			if (typed.toUpperCase().includes(placeholder)) {
				throw new AppError(
					'validation',
					vscode.l10n.t('Replace {0} with the name of your resource', placeholder),
				);
			}
		},
	};
}

function idQuestion(value: string): Question<Field> {
	return {
		key: 'id',
		prompt: vscode.l10n.t('A short id, used as the prefix of its model names'),
		placeHolder: 'local',
		value,
		check: (typed) => {
			if (!isProviderId(typed)) {
				throw new AppError(
					'validation',
					vscode.l10n.t('Use lowercase letters, digits, hyphens and underscores only'),
				);
			}
			requireFreeId(typed);
		},
	};
}

/** @throws AppError `validation` if a provider has the id. */
export function requireFreeId(id: string): void {
	if (providerConfigs().some((config) => config.id === id)) {
		throw new AppError('validation', vscode.l10n.t('A provider "{0}" already exists', id));
	}
}

/** Servers on this machine seldom need a key, and an address without encryption never gets one. */
function asksForKey(service: Service, config: ProviderConfig): boolean {
	const problem = baseUrlProblem(config.baseUrl ?? '');
	return problem === undefined && mayCarryKey(endpointOf(config)) && (service.needsKey || service.id === '');
}

function keyQuestion({ needsKey, keyPage }: Service, config: ProviderConfig, known: boolean): Question<Field> {
	const { origin, loopback } = endpointOf(config);
	const isOptional = known || (loopback && !needsKey);
	return {
		key: 'key',
		prompt: known
			? vscode.l10n.t(
					'A new API key, or nothing to use the one that is known. Kept in VS Code’s secret storage, for {0} only',
					origin,
				)
			: isOptional
				? vscode.l10n.t(
						'The API key, or nothing if the server needs none. Kept in VS Code’s secret storage, for {0} only',
						origin,
					)
				: keyPage === undefined
					? vscode.l10n.t('The API key. Kept in VS Code’s secret storage, for {0} only', origin)
					: vscode.l10n.t(
							'The API key, from {0}. Kept in VS Code’s secret storage, for {1} only',
							keyPage,
							origin,
						),
		password: true,
		check: (typed) => {
			const key = typed.trim();
			if (key === '' && !isOptional) {
				throw new AppError('validation', vscode.l10n.t('Enter the key'));
			}
			if (key !== '') {
				requireKeyForm(key);
			}
		},
	};
}
