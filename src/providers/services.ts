import * as l10n from '@vscode/l10n';

/** A service or a local server that "Add Provider" offers, with what its documentation says. */
export interface Service {
	/** Proposed as the provider's id. */
	readonly id: string;
	readonly label: string;
	/** One of `providerKinds`. */
	readonly kind: string;
	readonly baseUrl: string;
	/** The address differs for each user; `baseUrl` shows its form. */
	readonly asksAddress?: boolean;
	readonly needsKey: boolean;
	/** Where keys are created. */
	readonly keyPage?: string;
	/** What to know before choosing a model. */
	readonly note?: () => string;
	/** How a server on this machine is started. Its port may be another one. */
	readonly start?: () => string;
	/** Tells the server apart from another one at its port, see `localServers.ts`. */
	readonly probe?: Probe;
	/** Path, relative to `baseUrl`, that needs a valid key, because the list of models needs none. */
	readonly keyCheck?: string;
	/** Path, relative to `baseUrl`, of a list with more details. */
	readonly details?: string;
}

export interface Probe {
	readonly url: string;
	/** The field with the list. */
	readonly field: string;
	/** `owned_by` of the entries, where other programs often have the same port. */
	readonly owner?: string;
}

/** Every service, in the order in which it is offered. Local servers are those with `start`. */
export const services: readonly Service[] = [
	{
		// https://platform.claude.com/docs/en/api/overview
		id: 'anthropic',
		label: 'Anthropic',
		kind: 'anthropic',
		baseUrl: 'https://api.anthropic.com',
		needsKey: true,
		keyPage: 'https://platform.claude.com/settings/keys',
	},
	{
		// https://platform.openai.com/docs/api-reference
		id: 'openai',
		label: 'OpenAI',
		kind: 'openai',
		baseUrl: 'https://api.openai.com/v1',
		needsKey: true,
		keyPage: 'https://platform.openai.com/api-keys',
	},
	{
		// https://openrouter.ai/docs/quickstart, https://openrouter.ai/docs/api-reference/limits
		id: 'openrouter',
		label: 'OpenRouter',
		kind: 'openai-compatible',
		baseUrl: 'https://openrouter.ai/api/v1',
		needsKey: true,
		keyPage: 'https://openrouter.ai/keys',
		keyCheck: 'key',
	},
	{
		// https://ai.google.dev/gemini-api/docs/openai
		id: 'gemini',
		label: 'Google Gemini',
		kind: 'openai-compatible',
		baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
		needsKey: true,
		keyPage: 'https://aistudio.google.com/apikey',
	},
	{
		// https://api-docs.deepseek.com, https://api-docs.deepseek.com/api/list-models
		id: 'deepseek',
		label: 'DeepSeek',
		kind: 'openai-compatible',
		baseUrl: 'https://api.deepseek.com',
		needsKey: true,
		keyPage: 'https://platform.deepseek.com/api_keys',
	},
	{
		// https://console.groq.com/docs/openai
		id: 'groq',
		label: 'Groq',
		kind: 'openai-compatible',
		baseUrl: 'https://api.groq.com/openai/v1',
		needsKey: true,
		keyPage: 'https://console.groq.com/keys',
	},
	{
		// https://docs.mistral.ai/api
		id: 'mistral',
		label: 'Mistral',
		kind: 'openai-compatible',
		baseUrl: 'https://api.mistral.ai/v1',
		needsKey: true,
		keyPage: 'https://console.mistral.ai/api-keys',
	},
	{
		// https://docs.x.ai/developers/rest-api-reference
		id: 'xai',
		label: 'xAI',
		kind: 'openai-compatible',
		baseUrl: 'https://api.x.ai/v1',
		needsKey: true,
		keyPage: 'https://console.x.ai',
		details: 'language-models',
	},
	{
		// https://docs.together.ai/reference/models
		id: 'together',
		label: 'Together',
		kind: 'openai-compatible',
		baseUrl: 'https://api.together.xyz/v1',
		needsKey: true,
		keyPage: 'https://api.together.ai/settings/api-keys',
	},
	{
		// https://docs.fireworks.ai/tools-sdks/openai-compatibility
		id: 'fireworks',
		label: 'Fireworks',
		kind: 'openai-compatible',
		baseUrl: 'https://api.fireworks.ai/inference/v1',
		needsKey: true,
		keyPage: 'https://fireworks.ai/account/api-keys',
	},
	{
		// The v1 API, which needs no api-version: https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
		id: 'azure',
		label: 'Azure OpenAI',
		kind: 'openai-compatible',
		baseUrl: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1',
		asksAddress: true,
		needsKey: true,
		keyPage: 'https://portal.azure.com',
		note: () =>
			l10n.t('Azure lists all models, but answers only for your deployments: enter the name of a deployment'),
	},
	{
		// https://docs.ollama.com/api/openai-compatibility
		id: 'ollama',
		label: 'Ollama',
		kind: 'openai-compatible',
		baseUrl: 'http://127.0.0.1:11434/v1',
		needsKey: false,
		start: () => l10n.t('Start the Ollama app, or run "ollama serve".'),
		probe: { url: 'http://127.0.0.1:11434/api/tags', field: 'models' },
	},
	{
		// https://lmstudio.ai/docs/developer/openai-compat
		id: 'lm-studio',
		label: 'LM Studio',
		kind: 'openai-compatible',
		baseUrl: 'http://127.0.0.1:1234/v1',
		needsKey: false,
		start: () => l10n.t('Start the server on the Developer page of LM Studio, or run "lms server start".'),
		probe: { url: 'http://127.0.0.1:1234/v1/models', field: 'data' },
	},
	{
		// https://docs.vllm.ai/en/latest/serving/openai_compatible_server
		id: 'vllm',
		label: 'vLLM',
		kind: 'openai-compatible',
		baseUrl: 'http://127.0.0.1:8000/v1',
		needsKey: false,
		start: () => l10n.t('Start it with "vllm serve" and the name of a model.'),
		probe: { url: 'http://127.0.0.1:8000/v1/models', field: 'data', owner: 'vllm' },
	},
	{
		// https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
		id: 'llama-cpp',
		label: 'llama.cpp',
		kind: 'openai-compatible',
		baseUrl: 'http://127.0.0.1:8080/v1',
		needsKey: false,
		start: () => l10n.t('Start it with "llama-server -m" and the file of a model.'),
		probe: { url: 'http://127.0.0.1:8080/v1/models', field: 'data', owner: 'llamacpp' },
	},
	{
		// https://jan.ai/docs/desktop/api-server
		id: 'jan',
		label: 'Jan',
		kind: 'openai-compatible',
		baseUrl: 'http://127.0.0.1:1337/v1',
		needsKey: true,
		start: () => l10n.t('In Jan, open Settings > Local API Server, enter a key and choose Start Server.'),
	},
];

/** The service at this origin, for what its requests need beyond those of its kind. */
export function serviceAt(origin: string): Service | undefined {
	return services.find((service) => service.asksAddress !== true && new URL(service.baseUrl).origin === origin);
}
