import type { Disposable } from '../common/lifecycle.ts';
import type { Envelope, Port } from '../common/rpc.ts';
import type { FieldMapping, ImportReport } from '../common/topicModel.ts';
import type { ImportOptions } from './contract.ts';
import type { Question } from './index/contract.ts';
import type { RebuildProgress } from './localOptions.ts';

type Progress = Parameters<NonNullable<ImportOptions['onProgress']>>[0];

/** Functions cannot be sent to another thread: `call` identifies the import in the worker's messages about it. */
interface Importing {
	call: number;
	asksMapping: boolean;
}

/** The extension's requests to the worker: questions to the index, and changes of it. */
export interface WorkerProtocol {
	requests: {
		/** Any question of `TopicQuestions`. `AskTopics`, on both sides, ties the parameters to the answer. */
		ask: { params: { question: Question; parameters: unknown[] }; result: unknown };
		import: { params: Importing & { name: string; path: string }; result: ImportReport };
		refresh: { params: Importing & { name: string }; result: ImportReport };
		rename: { params: { from: string; to: string }; result: void };
		remove: { params: { name: string }; result: void };
	};
	events: {
		progress: { call: number; progress: Progress };
		/** `null`: done. */
		rebuild: RebuildProgress | null;
		log: { level: 'info' | 'warn'; message: string };
	};
}

/** The worker's requests to the extension. */
export interface ExtensionProtocol {
	requests: {
		chooseMapping: {
			params: { call: number; columns: string[]; sample: Record<string, string> };
			result: FieldMapping | undefined;
		};
		realPath: { params: { place: string }; result: string };
	};
	events: Record<never, never>;
}

/** The part of a `worker_threads` Worker or MessagePort that is used here. */
export interface MessageLine {
	postMessage(message: unknown): void;
	on(event: 'message', listener: (message: unknown) => void): unknown;
	off(event: 'message', listener: (message: unknown) => void): unknown;
}

/** One of the two connections over a line; `asked` is the side that answers. */
export function portOf(line: MessageLine, asked: 'worker' | 'extension'): Port {
	return {
		post: (envelope: Envelope) => line.postMessage({ asked, envelope }),
		onMessage(listener): Disposable {
			const take = (message: unknown) => {
				if (typeof message === 'object' && message !== null && 'asked' in message && message.asked === asked) {
					listener('envelope' in message ? message.envelope : undefined);
				}
			};
			line.on('message', take);
			return { dispose: () => void line.off('message', take) };
		},
	};
}
