import assert from 'node:assert/strict';
import { endpointOf, kindAt, kindOf } from '../../../src/providers/all.ts';
import { serviceAt, services } from '../../../src/providers/services.ts';

describe('The services that can be added', () => {
	it('have an id and a label of their own, a kind that exists and an address that is accepted', () => {
		for (const field of ['id', 'label', 'baseUrl'] as const) {
			assert.equal(new Set(services.map((service) => service[field])).size, services.length, field);
		}
		for (const service of services) {
			assert.match(service.id, /^[a-z0-9][a-z0-9_-]*$/);
			assert.equal(kindOf(service.kind)?.isServer, true, service.id);
			const { origin, loopback } = endpointOf(service);
			assert.equal(loopback, service.start !== undefined, service.id);
			assert.ok(loopback || origin.startsWith('https:'), service.id);
			assert.ok(loopback || service.keyPage?.startsWith('https:'), service.id);
		}
	});

	it('have the addresses of their kinds', () => {
		for (const { id, kind, baseUrl } of services) {
			const own = kindAt(new URL(baseUrl).origin);
			assert.equal(own?.kind, kindOf(kind)?.baseUrl === undefined ? undefined : kind, id);
			assert.ok(own === undefined || own.baseUrl === baseUrl, id);
		}
	});

	it('are recognised by their origin, unless each user has another', () => {
		assert.equal(serviceAt('https://openrouter.ai')?.id, 'openrouter');
		assert.equal(serviceAt('https://openrouter.ai.example'), undefined);
		assert.equal(serviceAt('https://your-resource.openai.azure.com'), undefined);
	});
});
