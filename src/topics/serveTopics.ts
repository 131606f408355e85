import { createRpcClient, createRpcServer } from '../common/rpc.ts';
import type { ImportOptions } from './contract.ts';
import type { OpenTopicDatabase } from './index/contract.ts';
import { nodeFiles } from './nodeFiles.ts';
import { LocalTopicService } from './topicService.ts';
import { portOf, type ExtensionProtocol, type MessageLine, type WorkerProtocol } from './workerProtocol.ts';

const progressIntervalMs = 50;

/** The parameters come from our own extension, where the compiler has checked them. */
const parse = (params: unknown) => params as never;

/** Serves the extension's requests in the index's thread, until the thread ends. */
export function serveTopics(line: MessageLine, file: string, database: () => Promise<OpenTopicDatabase>): void {
	const extension = createRpcClient<ExtensionProtocol>(portOf(line, 'extension'));
	const service = new LocalTopicService({
		file,
		database,
		files: nodeFiles,
		realPath: (place) => extension.call('realPath', { place }),
		log: {
			info: (message) => server.send('log', { level: 'info', message }),
			warn: (message) => server.send('log', { level: 'warn', message }),
		},
		onRebuild: (progress) => server.send('rebuild', progress ?? null),
	});

	const hooksOf = (
		{ call, asksMapping }: { call: number; asksMapping: boolean },
		signal: AbortSignal,
	): ImportOptions => {
		let reported = 0;
		return {
			signal,
			onProgress: (progress) => {
				const now = Date.now();
				if (now - reported >= progressIntervalMs || progress.done === progress.total) {
					reported = now;
					server.send('progress', { call, progress });
				}
			},
			...(asksMapping && {
				chooseMapping: (columns, sample) => extension.call('chooseMapping', { call, columns, sample }, signal),
			}),
		};
	};

	const server = createRpcServer<WorkerProtocol>(
		portOf(line, 'worker'),
		{
			ask: { parse, handle: ({ question, parameters }) => service.ask(question, ...(parameters as never)) },
			import: {
				parse,
				handle: ({ name, path, ...asked }, signal) => service.import(name, path, hooksOf(asked, signal)),
			},
			refresh: { parse, handle: ({ name, ...asked }, signal) => service.refresh(name, hooksOf(asked, signal)) },
			rename: { parse, handle: ({ from, to }) => service.rename(from, to) },
			remove: { parse, handle: ({ name }) => service.remove(name) },
		},
		// The caller gets the error.
		() => undefined,
	);
}
