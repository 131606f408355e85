import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../src/common/errors.ts';
import { kindAt, kindOf, providerKinds } from '../../../src/providers/all.ts';
import type { ProviderKind } from '../../../src/providers/kind.ts';
import { createModels } from '../../../src/providers/models.ts';
import { createGuideProvider } from '../../../src/guide/guide.ts';
import { manifestOfKinds } from '../../support/manifestOfKinds.ts';
import { hear, modelRequest, silentLog } from '../../support/wire/replay.ts';
import { collect } from '../../support/wire/wiredModels.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'src/providers');

function isKind(value: unknown): value is ProviderKind {
	return typeof value === 'object' && value !== null && 'kind' in value && 'create' in value;
}

function modelsOf(id: string, kind: string, fetch?: typeof globalThis.fetch) {
	return createModels([{ id, kind, baseUrl: 'http://127.0.0.1:1/v1', models: ['named'] }], {
		getKey: async () => 'a-key',
		makeOfflineProvider: (config) => createGuideProvider(config.id),
		makeEditorProvider: (config) => ({ ...createGuideProvider(config.id), kind: config.kind }),
		fetch: fetch ?? (() => Promise.reject(new TypeError('fetch failed'))),
		maxRetries: 0,
		log: silentLog,
	});
}

describe('Kinds of providers', () => {
	it('are those that the files of the folder export, one a file named like it, all of them in the list', async () => {
		const found: ProviderKind[] = [];
		for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
			const exported = Object.values((await import(join(folder, file))) as Record<string, unknown>).filter(
				isKind,
			);
			assert.ok(exported.length <= 1, `${file} exports more than one kind`);
			for (const kind of exported) {
				assert.equal(file, `${kind.kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`);
				found.push(kind);
			}
		}
		assert.deepEqual(new Set(found), new Set(providerKinds));
		assert.equal(new Set(providerKinds.map(({ kind }) => kind)).size, providerKinds.length);
	});

	it('are in the manifest with their descriptions (npm run manifest writes them there)', () => {
		const [manifest = '', texts = ''] = ['package.json', 'package.nls.json'].map((file) =>
			readFileSync(join(root, file), 'utf8'),
		);
		const expected = manifestOfKinds(providerKinds, manifest, texts);
		// Parsed: how a file is laid out is the formatter's matter, the order of its texts is ours.
		assert.deepEqual(JSON.parse(manifest), JSON.parse(expected.manifest));
		assert.deepEqual(
			Object.entries(JSON.parse(texts) as object),
			Object.entries(JSON.parse(expected.texts) as object),
		);
	});

	it('that are new come into the manifest without a hand', () => {
		const sixth: ProviderKind = {
			...(kindOf('openai') as ProviderKind),
			kind: 'sixth',
			description: 'A sixth kind.',
		};
		const { manifest, texts } = manifestOfKinds(
			[...providerKinds, sixth],
			readFileSync(join(root, 'package.json'), 'utf8'),
			readFileSync(join(root, 'package.nls.json'), 'utf8'),
		);
		assert.match(manifest, /"offline",\s+"sixth"\s+\]/);
		assert.match(manifest, /"%setting.providers.kind.sixth%"/);
		assert.match(texts, /"setting.providers.kind.sixth": "A sixth kind."/);
	});

	it('have their own addresses, which decide over prices', () => {
		for (const kind of providerKinds) {
			assert.equal(kind.isServer || (kind.baseUrl ?? kind.environmentKey ?? kind.prices) === undefined, true);
			assert.equal(kind.baseUrl === undefined, (kind.environmentKey ?? kind.prices) === undefined, kind.kind);
			if (kind.baseUrl !== undefined) {
				assert.equal(kindAt(new URL(kind.baseUrl).origin), kind);
			}
		}
		assert.equal(kindAt('https://proxy.example'), undefined);
	});

	for (const { kind, isModel, isServer } of providerKinds) {
		it(`${kind}: whatever its id, it is${isModel ? '' : ' not'} a model`, () => {
			for (const id of ['offline', 'anthropic', 'mine']) {
				assert.equal(modelsOf(id, kind).isModel(`${id}/guide`), isModel, id);
			}
		});

		it(`${kind}: sends nothing before it is asked, and then ends once`, async () => {
			let sent = 0;
			const models = modelsOf('mine', kind, async () => {
				sent++;
				throw new TypeError('fetch failed');
			});
			const [provider] = models.providers;
			assert.deepEqual([provider?.id, provider?.kind, sent], ['mine', kind, 0]);
			const parts = await collect(models.run({ ...modelRequest(), tools: [], model: 'mine/guide' }));
			assert.equal(parts.filter(({ type }) => type === 'done').length, 1);
			assert.equal(parts.at(-1)?.type, 'done');
			assert.equal(
				parts.map((part) => (part.type === 'done' ? part.stopReason : undefined)).at(-1),
				isServer ? 'error' : 'stop',
			);
			assert.equal(sent > 0, isServer);
		});
	}

	it('that nobody knows are an error that names those that there are, where a run or a list needs them', async () => {
		const models = modelsOf('mine', 'opanai');
		const { error, stopReason } = hear(await collect(models.providers[0]!.stream(modelRequest())));
		assert.match(error?.message ?? '', /kind of provider "mine" is "opanai".*anthropic, openai, openai-compatible/);
		assert.deepEqual([error?.code, stopReason], ['validation', 'error']);
		const [listed] = await models.list(new AbortController().signal);
		assert.match(listed?.error ?? '', /is "opanai"/);
		assert.deepEqual(
			listed?.models.map(({ id }) => id),
			['mine/named'],
		);
		await assert.rejects(
			models.providers[0]!.listModels(new AbortController().signal),
			(thrown) => thrown instanceof AppError && thrown.info.field === 'kind',
		);
	});
});
