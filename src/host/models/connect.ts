import * as vscode from 'vscode';
import { isAppError, toAppError, type AppError } from '../../common/errors.ts';
import { isModelName } from '../../common/modelName.ts';
import { connectionProblem } from '../../providers/connectionProblem.ts';
import { isAboutAddress, type Connection } from '../../providers/connectionTest.ts';
import type { ModelInfo, ProviderConfig } from '../../providers/provider.ts';
import type { Service } from '../../providers/services.ts';
import { askText, cancelled } from '../kit/arguments.ts';
import { withLateProgress } from '../kit/lateProgress.ts';
import { showWarning } from '../kit/notify.ts';
import type { ApiKeys } from './apiKeys.ts';
import { askConnection, askKey, type Entered } from './askConnection.ts';

/** A connection that works, or that the user wants to save without a successful test. */
export interface Connected extends Entered {
	/** The name of the service, or the id if it is another server. */
	label: string;
	models: ModelInfo[];
	works: boolean;
}

/** `model`: the one that was asked, if there is no list. */
type Tested = Connection & { model?: string };

type Next = 'key' | 'address' | 'model' | 'again' | 'save';

/**
 * Asks for the connection to a service and tests it until it works, or until the user wants to save it as it is. Stores
 * nothing. Rejects with `cancelled` if the user leaves.
 */
export async function connect(keys: ApiKeys, service: Service): Promise<Connected> {
	let entered = await askConnection(keys, service);
	let tested: Tested = await test(keys, service, entered);
	for (;;) {
		entered = { ...entered, config: tested.config };
		const { models, fault, model } = tested;
		const { label } = named(service, entered);
		if (!fault) {
			return { ...entered, label, models, works: true };
		}
		switch (await askNext(service, entered, fault, model)) {
			case 'save':
				return { ...entered, label, models, works: false };
			case 'model':
				tested = await testModel(keys, service, entered);
				break;
			case 'key':
				entered = { ...entered, key: await askKey(keys, service, entered.config) };
				tested = await test(keys, service, entered);
				break;
			case 'address':
				entered = await askConnection(keys, service, entered);
				tested = await test(keys, service, entered);
				break;
			case 'again':
				tested = await test(keys, service, entered);
		}
	}
}

/** A server that is no service is called by its id. */
function named(service: Service, { config }: Entered): Service {
	return service.id === '' ? { ...service, label: config.id } : service;
}

function test(keys: ApiKeys, service: Service, entered: Entered): Promise<Connection> {
	const { config, key } = entered;
	return withCancel(named(service, entered), (signal) => keys.test(config, key, signal));
}

/** Tests a server that has no list with one of its models, which is then named in the settings. */
async function testModel(keys: ApiKeys, service: Service, entered: Entered): Promise<Tested> {
	const { config, key } = entered;
	const { label } = named(service, entered);
	const name = await askText(
		{
			title: vscode.l10n.t('Model'),
			prompt: vscode.l10n.t('The name of a model of {0}, which gets a request of one word', label),
		},
		(typed) => {
			if (!isModelName(`${config.id}/${typed}`)) {
				throw new Error(vscode.l10n.t('Enter a name without spaces'));
			}
		},
	);
	const withModel: ProviderConfig = { ...config, models: [name] };
	try {
		await withCancel(named(service, entered), (signal) => keys.tryModel(withModel, key, name, signal));
	} catch (thrown) {
		if (isAppError(thrown, 'cancelled')) {
			throw thrown;
		}
		return { config, models: [], fault: toAppError(thrown), model: name };
	}
	return { config: withModel, models: [{ id: `${config.id}/${name}`, name }] };
}

function withCancel<T>({ label }: Service, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
	return withLateProgress(vscode.l10n.t('Testing the connection to {0}', label), task);
}

/** Says what is wrong and offers what helps. */
async function askNext(service: Service, entered: Entered, fault: AppError, model: string | undefined): Promise<Next> {
	const { config, key } = entered;
	const isKey = fault.code === 'auth';
	const mayMove = service.asksAddress === true || service.start !== undefined;
	const next: [Next, string][] = [];
	if (isKey) {
		next.push(['key', key === undefined ? vscode.l10n.t('Enter Key') : vscode.l10n.t('Enter Key Again')]);
	} else {
		next.push(['again', vscode.l10n.t('Try Again')]);
		if (mayMove) {
			next.push(['address', vscode.l10n.t('Change Address')]);
		}
		if (model !== undefined || isAboutAddress(fault)) {
			next.push(['model', vscode.l10n.t('Enter Model Name')]);
		}
	}
	next.push(['save', vscode.l10n.t('Save Anyway')]);
	const baseUrl = config.baseUrl ?? service.baseUrl;
	const message =
		model === undefined
			? connectionProblem(fault, named(service, entered), { baseUrl, hasKey: key !== undefined })
			: fault.message;
	const answer = await showWarning(message, {}, ...next.map(([, label]) => label));
	const picked = next.find(([, label]) => label === answer);
	if (!picked) {
		throw cancelled();
	}
	return picked[0];
}
