import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as telemetry from '@opentelemetry/api';
import { canaryKey, collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const require = createRequire(import.meta.url);
/** The registry of tracers in which the SDK looks. */
const { trace } = createRequire(require.resolve('@anthropic-ai/sdk'))('@opentelemetry/api') as typeof telemetry;

/** Names of the environment variables that the SDKs' own files speak of, with the file that does. */
function sdkVariables(): Map<string, string> {
	const found = new Map<string, string>();
	for (const name of ['@anthropic-ai/sdk', 'openai']) {
		const folder = dirname(require.resolve(name));
		for (const file of globSync('**/*.mjs', { cwd: folder })) {
			for (const [variable] of readFileSync(join(folder, file), 'utf8').matchAll(
				/\b(?:ANTHROPIC|OPENAI|OTEL)_[A-Z][A-Z_]+\b/g,
			)) {
				found.set(variable, `${name}/${file}`);
			}
		}
	}
	return found;
}

/** Headers that a request has: those of an adapter, and those of Node's HTTP client. */
const ownHeaders = new Set(['accept', 'anthropic-version', 'authorization', 'content-type', 'user-agent']);
const nodeHeaders = new Set([
	'accept-encoding',
	'accept-language',
	'connection',
	'content-length',
	'host',
	'sec-fetch-mode',
	'transfer-encoding',
]);

describe('The environment of the process [attack 18]', () => {
	let wire: WireServer;
	let other: WireServer;
	let environmentBefore: NodeJS.ProcessEnv;
	const spans: string[] = [];
	const logged: unknown[][] = [];
	const consoleBefore = { ...console };

	beforeEach(async () => {
		wire = await WireServer.start();
		other = await WireServer.start();
		environmentBefore = process.env;
		spans.length = 0;
		logged.length = 0;
		const span = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
		const started = (name: string, ...rest: unknown[]) => {
			spans.push(`${name} ${JSON.stringify(rest[0] ?? {})}`);
			return span;
		};
		const tracer = {
			startSpan: started,
			startActiveSpan: (name: string, ...rest: unknown[]) => {
				started(name, ...rest);
				return (rest.at(-1) as (span: telemetry.Span) => unknown)(span);
			},
		} as telemetry.Tracer;
		assert.ok(trace.setGlobalTracerProvider({ getTracer: () => tracer }));
	});
	afterEach(async () => {
		trace.disable();
		process.env = environmentBefore;
		Object.assign(console, consoleBefore);
		await wire.stop();
		await other.stop();
	});

	/** Sets every variable of the SDKs to what would be seen at a server, or would lead away from it. */
	function setAll(): string[] {
		const variables = [...sdkVariables().keys()];
		const environment: Record<string, string> = {};
		for (const name of variables) {
			environment[name] = `secret-${name.toLowerCase()}`;
			if (name.endsWith('_BASE_URL') || name.endsWith('_ENDPOINT')) {
				environment[name] = name.startsWith('ANTHROPIC') ? other.origin : other.baseUrl;
			} else if (name.endsWith('_CUSTOM_HEADERS')) {
				environment[name] = [
					'X-Leak',
					'Authorization',
					'User-Agent',
					'Accept',
					'Anthropic-Version',
					'X-Stainless-Os',
				]
					.map((header) => `${header}: secret-header`)
					.join('\n');
			} else if (name.endsWith('_LOG')) {
				environment[name] = 'debug';
			} else if (name.endsWith('_CONTENT_MODE')) {
				environment[name] = 'content';
			} else if (name.includes('OPEN_TELEMETRY')) {
				environment[name] = 'true';
			}
		}
		process.env = { ...environmentBefore, ...environment };
		for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
			console[method] = (...words: unknown[]) => logged.push(words);
		}
		return variables;
	}

	it('gives the SDKs nothing: no tracer, endpoint, header, key or profile, and no log', async () => {
		const variables = setAll();
		// The list is read out of the packages; these show that it is.
		for (const known of [
			'ANTHROPIC_OPEN_TELEMETRY',
			'ANTHROPIC_PROFILE',
			'OPENAI_ORG_ID',
			'OPENAI_CUSTOM_HEADERS',
		]) {
			assert.ok(variables.includes(known), known);
		}
		for (const getKey of [async () => canaryKey, async () => undefined]) {
			const models = wiredModels(wire, { getKey });
			for (const { id } of wiredApis) {
				const parts = await collect(models.run(runRequest({ model: `${id}/m` })));
				assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
				await models.providers
					.find((provider) => provider.id === id)
					?.listModels(new AbortController().signal)
					.catch(() => undefined);
			}
		}
		Object.assign(console, consoleBefore);

		assert.deepEqual(spans, []);
		assert.deepEqual(logged, []);
		assert.deepEqual(other.requests, []);
		assert.ok(wire.requests.length >= 12);
		for (const { headers, path } of wire.requests) {
			const foreign = Object.keys(headers).filter((name) => !ownHeaders.has(name) && !nodeHeaders.has(name));
			assert.deepEqual(foreign, [], path);
		}
		assert.ok(!JSON.stringify(wire.requests).includes('secret'), JSON.stringify(wire.requests));
	});
});
