import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../common/errors.ts';
import { createRpcClient, createRpcServer, type RpcClient } from '../common/rpc.ts';
import type { ImportOptions } from './contract.ts';
import type { AskTopics } from './index/contract.ts';
import type { RebuildProgress, TopicLog } from './localOptions.ts';
import type { RealPath } from './importTopic.ts';
import type { TopicService } from './topicService.ts';
import { portOf, type ExtensionProtocol, type MessageLine, type WorkerProtocol } from './workerProtocol.ts';

/** The part of a `worker_threads` Worker that is used here. */
export interface WorkerPort extends MessageLine {
	on(event: 'message', listener: (message: unknown) => void): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
	on(event: 'exit', listener: (code: number) => void): unknown;
	terminate(): Promise<unknown>;
}

export interface RemoteOptions {
	file: string;
	createWorker: (file: string) => Promise<WorkerPort>;
	realPath: RealPath;
	log: TopicLog;
	onRebuild: (progress: RebuildProgress | undefined) => void;
}

/** The parameters come from our own worker, where the compiler has checked them. */
const parse = (params: unknown) => params as never;

interface Connection {
	worker: WorkerPort;
	client: RpcClient<WorkerProtocol>;
}

/**
 * The index in a worker thread, started at the first call. If the worker dies, pending calls are rejected and the next call
 * starts another one.
 */
export function remoteTopicService(options: RemoteOptions): TopicService & { close(): Promise<void> } {
	/** The hooks of running imports. */
	const importing = new Map<number, ImportOptions>();
	let connection: Promise<Connection> | undefined;
	let lastCall = 0;
	let closed = false;

	const connect = (): Promise<Connection> => {
		const starting = options.createWorker(options.file).then(
			(worker) => {
				const client = createRpcClient<WorkerProtocol>(portOf(worker, 'worker'));
				client.on('progress', ({ call, progress }) => importing.get(call)?.onProgress?.(progress));
				client.on('rebuild', (progress) => options.onRebuild(progress ?? undefined));
				client.on('log', ({ level, message }) => options.log[level](message));
				const server = serve(worker);
				const stopped = (reason: string) => {
					server.dispose();
					if (connection === starting) {
						connection = undefined;
					}
					client.dispose(stoppedError(reason));
				};
				worker.on('error', (error) => stopped(error.message));
				worker.on('exit', (code) => stopped(l10n.t('its thread ended with code {0}', code)));
				return { worker, client };
			},
			(error: unknown) => {
				connection = undefined;
				throw stoppedError(l10n.t('its thread did not start ({0})', String(error)));
			},
		);
		return starting;
	};

	const serve = (worker: WorkerPort) =>
		createRpcServer<ExtensionProtocol>(
			portOf(worker, 'extension'),
			{
				chooseMapping: {
					parse,
					handle: async ({ call, columns, sample }) => importing.get(call)?.chooseMapping?.(columns, sample),
				},
				realPath: {
					parse,
					handle: async ({ place }) => options.realPath(place),
				},
			},
			(method, error) => options.log.warn(`${method} failed: ${error.message}`),
		);

	const connected = async (): Promise<RpcClient<WorkerProtocol>> => {
		if (closed) {
			throw closedError();
		}
		return (await (connection ??= connect())).client;
	};

	const runImport = async <T>(
		hooks: ImportOptions,
		send: (client: RpcClient<WorkerProtocol>, asked: { call: number; asksMapping: boolean }) => Promise<T>,
	): Promise<T> => {
		throwIfAborted(hooks.signal);
		const call = ++lastCall;
		importing.set(call, hooks);
		try {
			const client = await connected();
			throwIfAborted(hooks.signal);
			return await send(client, { call, asksMapping: hooks.chooseMapping !== undefined });
		} finally {
			importing.delete(call);
		}
	};

	const ask: AskTopics = async (question, ...parameters) =>
		(await (await connected()).call('ask', { question, parameters })) as never;

	return {
		ask,
		import: (name, path, hooks = {}) =>
			runImport(hooks, (client, asked) => client.call('import', { ...asked, name, path }, hooks.signal)),
		refresh: (name, hooks = {}) =>
			runImport(hooks, (client, asked) => client.call('refresh', { ...asked, name }, hooks.signal)),
		rename: async (from, to) => (await connected()).call('rename', { from, to }),
		remove: async (name) => (await connected()).call('remove', { name }),
		async close() {
			const open = connection;
			closed = true;
			const running = await open?.catch(() => undefined);
			running?.client.dispose(closedError());
			await running?.worker.terminate();
		},
	};
}

function stoppedError(reason: string): AppError {
	return new AppError('internal', l10n.t('The topic index stopped: {0}. Try again.', reason), {
		info: { retryable: true },
	});
}

function closedError(): AppError {
	return new AppError('cancelled', 'The topic index was closed');
}
