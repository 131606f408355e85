import assert from 'node:assert/strict';
import { AppError, isAppError, type AppError as AppErrorType } from '../../../src/common/errors.ts';
import { Emitter } from '../../../src/common/lifecycle.ts';
import {
	createRpcClient,
	createRpcServer,
	type Envelope,
	type Port,
	type RpcHandlers,
} from '../../../src/common/rpc.ts';

type TestProtocol = {
	requests: {
		double: { params: { value: number }; result: number };
		wait: { params: null; result: string };
	};
	events: { tick: number };
};

function parseValue(params: unknown): { value: number } {
	if (typeof params === 'object' && params !== null && 'value' in params && typeof params.value === 'number') {
		return { value: params.value };
	}
	throw new AppError('validation', 'value must be a number', { info: { field: 'value' } });
}

/** Two ports joined as postMessage joins them: later, and as copies. */
function connect() {
	const toServer = new Emitter<unknown>();
	const toClient = new Emitter<unknown>();
	const lost: { count: number } = { count: 0 };
	const port = (out: Emitter<unknown>, back: Emitter<unknown>): Port => ({
		post(message) {
			if (lost.count > 0 && message.kind === 'event') {
				lost.count--;
				return;
			}
			const copy: unknown = structuredClone(message);
			queueMicrotask(() => out.fire(copy));
		},
		onMessage: back.event,
	});
	const rejected: [string, AppErrorType][] = [];
	const seen: { aborted: boolean } = { aborted: false };
	const handlers: RpcHandlers<TestProtocol> = {
		double: { parse: parseValue, handle: async ({ value }) => value * 2 },
		wait: {
			parse: () => null,
			handle: (_params, signal) =>
				new Promise((_resolve, reject) => {
					signal.addEventListener('abort', () => {
						seen.aborted = true;
						reject(new AppError('cancelled', 'Cancelled'));
					});
				}),
		},
	};
	/** Events that are collected, as a panel does. */
	const waiting: number[] = [];
	const server = createRpcServer<TestProtocol>(
		port(toClient, toServer),
		handlers,
		(method, error) => rejected.push([method, error]),
		() => waiting.splice(0).forEach((value) => server.send('tick', value)),
	);
	let gaps = 0;
	const client = createRpcClient<TestProtocol>(port(toServer, toClient), () => gaps++);
	return { server, waiting, client, rejected, seen, lost, toServer, toClient, gaps: () => gaps };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('rpc', () => {
	it('ties a reply to its request, in any order', async () => {
		const { client } = connect();
		const answers = await Promise.all([1, 2, 3].map((value) => client.call('double', { value })));
		assert.deepEqual(answers, [2, 4, 6]);
	});

	it('answers after the events that wait, whether the request succeeds or fails', async () => {
		const { client, waiting } = connect();
		const order: unknown[] = [];
		client.on('tick', (value) => order.push(value));
		waiting.push(1);
		order.push(await client.call('double', { value: 4 }));
		waiting.push(2);
		await client.call('double', { value: 'x' as never }).catch(() => order.push('refused'));
		assert.deepEqual(order, [1, 8, 2, 'refused']);
	});

	it('hands an error over with its code and info', async () => {
		const { client, rejected } = connect();
		await assert.rejects(client.call('double', { value: 'x' as never }), (error: unknown) => {
			assert.ok(isAppError(error, 'validation'));
			assert.equal(error.info.field, 'value');
			return true;
		});
		assert.equal(rejected[0]?.[0], 'double');
	});

	it('cancels the handler when the caller aborts', async () => {
		const { client, seen } = connect();
		const controller = new AbortController();
		const call = client.call('wait', null, controller.signal);
		await settled();
		controller.abort();
		await assert.rejects(call, (error) => isAppError(error, 'cancelled'));
		assert.equal(seen.aborted, true);
	});

	it('refuses forged messages and answers what can be answered [attack 8]', async () => {
		const { rejected, toServer, toClient, client } = connect();
		const replies: unknown[] = [];
		toClient.event((message) => replies.push(message));
		const forged: unknown[] = [
			null,
			'text',
			{},
			{ kind: 'request' },
			{ kind: 'request', id: '1', method: 'double' },
			{ kind: 'request', id: 1, method: 7 },
			{ kind: 'request', id: 2, method: 'toString' },
			{ kind: 'request', id: 3, method: '__proto__' },
			{ kind: 'request', id: 4, method: 'constructor', params: {} },
			{ kind: 'request', id: 5, method: '../double' },
			{ kind: 'request', id: 6, method: 'double', params: { value: 'x'.repeat(1000) } },
			{ kind: 'launch', id: 7 },
		];
		for (const message of forged) {
			toServer.fire(message);
		}
		await settled();
		assert.equal(rejected.length, forged.length);
		const errors = replies as Envelope[];
		assert.deepEqual(
			errors.map((reply) => [reply.kind === 'error' && reply.error.code, 'id' in reply ? reply.id : undefined]),
			[2, 3, 4, 5, 6].map((id) => ['validation', id]),
		);
		assert.equal(await client.call('double', { value: 4 }), 8);
	});

	it('numbers events: none lost, no gap', async () => {
		const { server, client, gaps } = connect();
		const ticks: number[] = [];
		client.on('tick', (value) => ticks.push(value));
		server.send('tick', 1);
		server.send('tick', 2);
		await client.call('double', { value: 1 });
		server.send('tick', 3);
		await settled();
		assert.deepEqual(ticks, [1, 2, 3]);
		assert.equal(gaps(), 0);
	});

	it('tells of a lost event at the next event', async () => {
		const { server, client, lost, gaps } = connect();
		await client.call('double', { value: 1 });
		lost.count = 1;
		server.send('tick', 1);
		await settled();
		assert.equal(gaps(), 0);
		server.send('tick', 2);
		await settled();
		assert.equal(gaps(), 1);
	});

	it('tells of a lost event at the next reply, once', async () => {
		const { server, client, lost, gaps } = connect();
		await client.call('double', { value: 1 });
		lost.count = 2;
		server.send('tick', 1);
		server.send('tick', 2);
		await client.call('double', { value: 1 });
		assert.equal(gaps(), 1);
		await client.call('double', { value: 1 });
		assert.equal(gaps(), 1);
	});

	it('does not take what came before its first reply for a gap', async () => {
		const { server, client, lost, gaps } = connect();
		lost.count = 3;
		for (const value of [1, 2, 3]) {
			server.send('tick', value);
		}
		await client.call('double', { value: 1 });
		assert.equal(gaps(), 0);
	});

	it('rejects what is under way when it is disposed', async () => {
		const { client, server, seen } = connect();
		const call = client.call('wait', null);
		await settled();
		client.dispose();
		await assert.rejects(call, (error) => isAppError(error, 'cancelled'));
		server.dispose();
		assert.equal(seen.aborted, true);
	});
});
