import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import type { Protocol, RpcHandlers } from '../../common/rpc.ts';

type Requests<P extends Protocol> = P['requests'];
type Method<P extends Protocol> = keyof P['requests'] & string;

/** The schema of each request of a page. */
export type MessageSchemas<P extends Protocol> = {
	[K in Method<P>]: v.GenericSchema<unknown, Requests<P>[K]['params']>;
};
/** Converts the `unknown` parameters of each request, or throws `validation`. */
export type MessageParsers<P extends Protocol> = { [K in Method<P>]: RpcHandlers<P>[K]['parse'] };
/** Handles each request. */
export type MessageHandlers<P extends Protocol> = { [K in Method<P>]: RpcHandlers<P>[K]['handle'] };

/** Messages from a page are `unknown` until their schema accepts them. */
export function messageParsers<P extends Protocol>(schemas: MessageSchemas<P>): MessageParsers<P> {
	const parsers = Object.entries<v.GenericSchema>(schemas).map(([method, schema]) => [
		method,
		(params: unknown) => accept(method, schema, params),
	]);
	return Object.fromEntries(parsers) as MessageParsers<P>;
}

export function pageHandlers<P extends Protocol>(
	parsers: MessageParsers<P>,
	handlers: MessageHandlers<P>,
): RpcHandlers<P> {
	const methods = Object.keys(handlers).map((method) => [
		method,
		{ parse: parsers[method], handle: handlers[method] },
	]);
	return Object.fromEntries(methods) as RpcHandlers<P>;
}

/** Handler for a request without a result; resolves once its work is done. */
export function done<T>(work: (params: T) => unknown): (params: T) => Promise<null> {
	return async (params) => {
		await work(params);
		return null;
	};
}

function accept(method: string, schema: v.GenericSchema, params: unknown): unknown {
	const parsed = v.safeParse(schema, params);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		const field = v.getDotPath(issue) ?? method;
		// The message names the expected type; the received value can be anything and is omitted.
		const expected = issue.expected ?? l10n.t('another form');
		throw new AppError('validation', l10n.t('"{0}" was refused: expected {1}', method, expected), {
			info: { field: field.slice(0, 60) },
		});
	}
	return parsed.output;
}
