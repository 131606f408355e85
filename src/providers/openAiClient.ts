import type { Credentials } from './credentials.ts';
import type { Fetch } from './guardFetch.ts';
import type { HttpDeps } from './httpCall.ts';

/** The client of OpenAI's SDK, with every option set, because it reads missing ones from environment variables. */
export async function openAiClient({ endpoint }: HttpDeps, credentials: Credentials, fetch: Fetch) {
	const { OpenAI } = await import('openai');
	return new OpenAI({
		apiKey: credentials.apiKey,
		adminAPIKey: null,
		organization: null,
		project: null,
		webhookSecret: null,
		baseURL: endpoint().baseUrl,
		defaultHeaders: credentials.headers,
		fetch,
		maxRetries: 0,
		logLevel: 'off',
	});
}
