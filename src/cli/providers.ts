import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { AppError } from '../common/errors.ts';
import { createGuideProvider } from '../guide/guide.ts';
import { endpointOf, kindOf, providerKinds } from '../providers/all.ts';
import { foreignEnvironmentKey } from '../providers/keys.ts';
import { createModels } from '../providers/models.ts';
import type { Prices } from '../providers/prices.ts';
import type { Models, ProviderConfig } from '../providers/provider.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usageError.ts';

const amount = v.optional(v.pipe(v.number(), v.minValue(0)));

/** Ids are lower case, so that no other id leads to the variable of a known key. */
const providerSchema = v.strictObject({
	id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]*$/)),
	kind: v.picklist(providerKinds.map(({ kind }) => kind).filter((kind) => kind !== 'vscode-lm')),
	baseUrl: v.optional(v.string()),
	models: v.optional(v.array(v.string())),
	headers: v.optional(v.record(v.string(), v.string())),
	idleTimeout: v.optional(v.number()),
});

/** A list of providers, or an object that has prices besides, as in the editor's settings. */
const fileSchema = v.union([
	v.array(providerSchema),
	v.strictObject({
		providers: v.array(providerSchema),
		prices: v.optional(
			v.record(v.string(), v.looseObject({ input: v.number(), output: v.number(), cachedInput: amount })),
		),
	}),
]);

const builtIn: readonly ProviderConfig[] = [
	{ id: 'anthropic', kind: 'anthropic' },
	{ id: 'openai', kind: 'openai' },
	{ id: 'offline', kind: 'offline' },
];

/** The models of a command line, and whether they can be asked. */
export interface CliModels {
	models: Models;
	/** Throws a usage error that names the missing key or the unknown provider of a model. */
	requireUsable(model: string): void;
}

/**
 * Anthropic and OpenAI at their own addresses, the built-in guide, and what the file of `--providers` or of
 * PROMPT_WORKSHOP_PROVIDERS names. A file that merely lies there is never read, so nothing in a repository can redirect a key.
 */
export async function openModels(
	{ environment, folder }: Pick<Terminal, 'environment' | 'folder'>,
	options: { file: string | undefined; concurrency: number; warn: (message: string) => void },
): Promise<CliModels> {
	const file = options.file ?? (environment['PROMPT_WORKSHOP_PROVIDERS'] || undefined);
	const { providers, prices } =
		file === undefined ? { providers: [], prices: {} } : await readProviders(file, folder);
	const configs = [...providers, ...builtIn.filter(({ id }) => providers.every((one) => one.id !== id))];
	const keyOf = (id: string) => environment[keyVariable(id)]?.trim() || undefined;
	const models = createModels(configs, {
		getKey: async (id, origin) => {
			const variable = foreignEnvironmentKey({ id, origin }, environment);
			if (variable !== undefined) {
				throw new AppError('auth', foreignKey(id, variable, origin), {
					info: { provider: id, retryable: false },
				});
			}
			return keyOf(id);
		},
		makeOfflineProvider: ({ id }) => createGuideProvider(id),
		prices,
		log: { debug: () => undefined, warn: options.warn },
		maxParallel: options.concurrency,
	});
	return {
		models,
		requireUsable(model) {
			const id = model.slice(0, Math.max(0, model.indexOf('/')));
			const config = configs.find((one) => one.id === id);
			if (!config) {
				const known = configs.map((one) => one.id).join(', ');
				throw usageError(
					l10n.t(
						'There is no provider "{0}" for the model {1}. There are {2}; others come from --providers',
						id,
						model,
						known,
					),
					'model',
				);
			}
			if (config.kind === 'offline') {
				return;
			}
			const { origin, loopback } = endpointOf(config);
			const variable = foreignEnvironmentKey({ id, origin }, environment);
			if (variable !== undefined) {
				throw usageError(foreignKey(id, variable, origin), 'key');
			}
			if (kindOf(config.kind)?.environmentKey !== undefined && !loopback && keyOf(id) === undefined) {
				throw usageError(l10n.t('There is no key for {0}: set {1}', model, keyVariable(id)), 'key');
			}
		},
	};
}

/** `my-server` has its key in `MY_SERVER_API_KEY`. */
export function keyVariable(id: string): string {
	return `${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_API_KEY`;
}

function foreignKey(id: string, variable: string, origin: string): string {
	return l10n.t(
		'The key in {0} is for the own address of {1} and is not sent to {2}. Give that provider another id',
		variable,
		id,
		origin,
	);
}

async function readProviders(file: string, folder: string): Promise<{ providers: ProviderConfig[]; prices: Prices }> {
	let value: unknown;
	try {
		value = JSON.parse((await readFile(resolve(folder, file), 'utf8')).replace(/^\uFEFF/, ''));
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			throw usageError(l10n.t('There is no file {0} with providers', file), 'providers');
		}
		throw usageError(
			l10n.t(
				'The providers in {0} cannot be read: {1}',
				file,
				String(error instanceof Error ? error.message : error),
			),
			'providers',
		);
	}
	const result = v.safeParse(fileSchema, value);
	if (!result.success) {
		const [issue] = result.issues;
		throw usageError(
			l10n.t(
				'The providers in {0} are not a list of {id, kind, baseUrl}: {1}',
				file,
				[v.getDotPath(issue), issue.message].filter(Boolean).join(': '),
			),
			'providers',
		);
	}
	const { providers, prices = {} } = Array.isArray(result.output) ? { providers: result.output } : result.output;
	return { providers: providers as ProviderConfig[], prices: prices as Prices };
}
