import assert from 'node:assert/strict';
import { createGuideProvider } from '../../../../src/guide/guide.ts';
import { guideModel } from '../../../../src/host/models/guideModel.ts';
import { withBuiltIn } from '../../../../src/host/models/withBuiltIn.ts';
import { createModels } from '../../../../src/providers/models.ts';
import type { ProviderConfig } from '../../../../src/providers/provider.ts';
import { silentLog } from '../../../support/wire/replay.ts';

function modelsOf(configs: ProviderConfig[]) {
	return createModels(withBuiltIn(configs), {
		getKey: async () => undefined,
		makeOfflineProvider: ({ id }) => createGuideProvider(id),
		log: silentLog,
	});
}

const server = (id: string): ProviderConfig => ({ id, kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:1/v1' });

describe('The built-in guide among the providers of the settings', () => {
	const cases: [string, ProviderConfig[], string][] = [
		['is there without settings', [], 'offline/guide'],
		['has the id that the settings give it', [{ id: 'helper', kind: 'offline' }], 'helper/guide'],
		['leaves its id to a server that has it', [server('offline'), server('offline-2')], 'offline-3/guide'],
		['is there where the settings give its id twice', [server('a'), { id: 'a', kind: 'offline' }], 'offline/guide'],
	];
	for (const [title, configs, expected] of cases) {
		it(title, () => {
			const models = modelsOf(configs);
			assert.equal(guideModel(models), expected);
			assert.equal(models.isModel(expected), false);
			for (const { id } of configs.filter(({ kind }) => kind !== 'offline')) {
				assert.equal(models.isModel(`${id}/guide`), true, `${id} is a server of the user's`);
			}
		});
	}

	it('is added once', () => {
		const configs = [{ id: 'helper', kind: 'offline' }];
		assert.deepEqual(withBuiltIn(configs), [...configs, { id: 'editor', kind: 'vscode-lm' }]);
	});
});
