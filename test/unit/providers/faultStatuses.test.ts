import assert from 'node:assert/strict';
import type { ErrorCode } from '../../../src/common/errors.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer, type WireReply } from '../../support/wire/wireServer.ts';

describe('Faults by status: what happened, who, what to do [fault 10]', () => {
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	const body = (type: string, message: string) => JSON.stringify({ type: 'error', error: { type, message } });
	const table: {
		name: string;
		reply: WireReply;
		code: ErrorCode;
		message: RegExp;
		retryable: boolean;
		requests: number;
	}[] = [
		{
			name: '400',
			reply: { status: 400, body: body('invalid_request_error', 'max_tokens: too large') },
			code: 'bad-response',
			message: /refused the request to model-x \(400\).*"max_tokens: too large".*Change/,
			retryable: false,
			requests: 1,
		},
		{
			name: '400, too long',
			reply: { status: 400, body: body('invalid_request_error', 'prompt is too long: 250000 tokens') },
			code: 'context-length',
			message: /too long for model-x.*Shorten/,
			retryable: false,
			requests: 1,
		},
		{
			name: '400, too long together with the answer',
			reply: {
				status: 400,
				body: body(
					'invalid_request_error',
					'input length and `max_tokens` exceed context limit: 190000 + 21333 > 200000',
				),
			},
			code: 'context-length',
			message: /too long for model-x/,
			retryable: false,
			requests: 1,
		},
		{
			name: '400, too long, as a list like Gemini',
			reply: {
				status: 400,
				body: '[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]',
			},
			code: 'context-length',
			message: /too long for model-x/,
			retryable: false,
			requests: 1,
		},
		{
			name: '400, no credit',
			reply: {
				status: 400,
				body: body(
					'invalid_request_error',
					'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.',
				),
			},
			code: 'rate-limit',
			message: /no credit left for model-x \(400\).*Add credit/,
			retryable: false,
			requests: 1,
		},
		{
			name: '401',
			reply: { status: 401, body: body('authentication_error', 'invalid x-api-key') },
			code: 'auth',
			message: /refused the key \(401\)\. Replace the key/,
			retryable: false,
			requests: 1,
		},
		{
			name: '402',
			reply: { status: 402, body: body('billing_error', 'no credit') },
			code: 'rate-limit',
			message: /no credit left.*\(402\).*Add credit/,
			retryable: false,
			requests: 1,
		},
		{
			name: '403',
			reply: { status: 403, body: body('permission_error', 'not yours') },
			code: 'auth',
			message: /does not let this key use model-x \(403\)/,
			retryable: false,
			requests: 1,
		},
		{
			name: '403, a page of a firewall',
			reply: {
				status: 403,
				headers: { 'content-type': 'text/html' },
				body: '<html><title>Blocked</title><p>Category: AI</p></html>',
			},
			code: 'network',
			message: /A proxy or firewall in front of .* refused the request \(403\)\. Check the proxy/,
			retryable: false,
			requests: 1,
		},
		{
			name: '405, at an address that is none of an API',
			reply: { status: 405, body: '' },
			code: 'not-found',
			message: /\(405\)\. Choose another model, or check the base URL/,
			retryable: false,
			requests: 1,
		},
		{
			name: '404',
			reply: { status: 404, body: body('not_found_error', 'model: model-x') },
			code: 'not-found',
			message: /does not know model-x \(404\)\. Choose another model/,
			retryable: false,
			requests: 1,
		},
		{
			name: '408',
			reply: { status: 408, body: '' },
			code: 'network',
			message: /did not get an answer from model-x in time \(408\)/,
			retryable: true,
			requests: 3,
		},
		{
			name: '413',
			reply: { status: 413, body: body('request_too_large', 'big') },
			code: 'context-length',
			message: /too long/,
			retryable: false,
			requests: 1,
		},
		{
			name: '429',
			reply: { status: 429, body: body('rate_limit_error', 'slow') },
			code: 'rate-limit',
			message: /limits how often you can use model-x \(429\)\. Try again in a minute/,
			retryable: true,
			requests: 3,
		},
		{
			name: '429 for an hour',
			reply: { status: 429, headers: { 'retry-after': '3600' }, body: '{}' },
			code: 'rate-limit',
			message: /Try again in 60 minutes/,
			retryable: true,
			requests: 1,
		},
		{
			name: '429, no quota',
			reply: { status: 429, body: body('insufficient_quota', 'You exceeded your quota') },
			code: 'rate-limit',
			message: /no credit left/,
			retryable: false,
			requests: 1,
		},
		{
			name: '500',
			reply: { status: 500, body: body('api_error', 'Internal') },
			code: 'bad-response',
			message: /failed while running model-x \(500\)/,
			retryable: true,
			requests: 3,
		},
		{
			name: '502, a web page',
			reply: {
				status: 502,
				headers: { 'content-type': 'text/html' },
				body: '<!DOCTYPE html><html><title>Bad gateway</title><p>nginx</p>',
			},
			code: 'network',
			message: /\(502\)\. Try again/,
			retryable: true,
			requests: 3,
		},
		{
			name: '503, a local server that still loads the model',
			reply: { status: 503, body: '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}' },
			code: 'overloaded',
			message: /is still loading model-x \(503\)\. Try again/,
			retryable: true,
			requests: 3,
		},
		{
			name: '500, which the server says not to send again',
			reply: { status: 500, headers: { 'x-should-retry': 'false' }, body: '' },
			code: 'bad-response',
			message: /failed while running model-x \(500\)/,
			retryable: false,
			requests: 1,
		},
		{
			name: '400, which the server says to send again',
			reply: { status: 400, headers: { 'x-should-retry': 'true' }, body: body('invalid_request_error', 'Later') },
			code: 'bad-response',
			message: /refused the request to model-x \(400\)/,
			retryable: true,
			requests: 3,
		},
		{
			name: '401, whose body breaks off',
			reply: {
				status: 401,
				headers: { 'content-type': 'application/json' },
				body: ['{"error":', { drop: true }],
			},
			code: 'auth',
			message: /refused the key \(401\)\. Replace the key/,
			retryable: false,
			requests: 1,
		},
		{
			name: '503, empty',
			reply: { status: 503, body: '' },
			code: 'overloaded',
			message: /too busy to run model-x \(503\)/,
			retryable: true,
			requests: 3,
		},
		{
			name: '529',
			reply: { status: 529, body: body('overloaded_error', 'Overloaded') },
			code: 'overloaded',
			message: /too busy to run model-x \(529\)/,
			retryable: true,
			requests: 3,
		},
		{
			name: '200, a web page',
			reply: { headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the network</html>' },
			code: 'bad-response',
			message: /sent a web page instead of an answer\. Check the base URL/,
			retryable: false,
			requests: 1,
		},
		{
			name: '200, an error as JSON',
			reply: {
				headers: { 'content-type': 'application/json' },
				body: body('overloaded_error', 'Overloaded'),
			},
			code: 'overloaded',
			message: /too busy/,
			retryable: true,
			requests: 3,
		},
		{
			name: '200, a document that is no answer',
			reply: {
				headers: { 'content-type': 'application/json' },
				body: '{"id":"x","choices":[],"error":null}',
			},
			code: 'bad-response',
			message: /sent a plain document instead of an answer\. Check the base URL/,
			retryable: false,
			requests: 1,
		},
		{
			name: '200, nothing',
			reply: { body: [] },
			code: 'bad-response',
			message: /ended early: the end mark is missing/,
			retryable: true,
			requests: 3,
		},
	];
	for (const { api, id } of wiredApis) {
		for (const { name, reply, code, message, retryable, requests } of table) {
			it(`${id}: ${name}`, async () => {
				for (let count = 0; count < 3; count++) {
					wire.reply(api, reply);
				}
				const parts = await collect(wiredModels(wire).run(runRequest({ model: `${id}/model-x` })));
				const error = parts.find((part) => part.type === 'error');
				assert.ok(error, 'an error part');
				assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'error' });
				assert.equal(error.code, code);
				assert.match(error.message, message);
				assert.match(error.message, new RegExp(`^(${id}|Anthropic|OpenAI|The |No |A proxy)`, 'i'));
				assert.equal(error.retryable, retryable);
				assert.equal(wire.requestsTo(api).length, requests);
				assert.ok(!/[<>]|\{"/.test(error.message), error.message);
				assert.ok(error.message.length <= 320, error.message);
				assert.ok(!/<[a-z!/]/i.test(error.detail ?? ''), 'no markup behind the click either');
				assert.ok((error.detail ?? '').length <= 300, error.detail);
			});
		}
	}
});
