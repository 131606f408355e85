import assert from 'node:assert/strict';
import { freeId } from '../../../../src/host/models/freeId.ts';
import { proposedId } from '../../../../src/host/models/proposedId.ts';

describe('The id that is proposed for a server', () => {
	it('comes from its host', () => {
		for (const [baseUrl, id] of [
			['https://api.models.example/v1', 'models'],
			['http://localhost:8000/v1', 'local'],
			['http://127.0.0.1:8000/v1', 'local'],
			['http://192.168.1.5:8000/v1', 'server'],
			['http://[fe80::1]:8000/v1', 'server'],
			['http://nas:8000/v1', 'nas'],
			['https://_dmarc.-x-.example', 'server'],
			['not an address', 'server'],
		] as const) {
			assert.equal(proposedId(baseUrl), id, baseUrl);
		}
	});

	it('gets a number if it is taken', () => {
		const taken = ['groq', 'groq-2'].map((id) => ({ id, kind: 'openai-compatible' }));
		assert.equal(freeId('groq', taken), 'groq-3');
		assert.equal(freeId('xai', taken), 'xai');
	});
});
