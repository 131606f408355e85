import type { TopicFiles } from './files.ts';
import type { RealPlace } from './importTopic.ts';
import type { OpenTopicDatabase } from './index/contract.ts';

export interface TopicLog {
	info(message: string): void;
	warn(message: string): void;
}

export interface RebuildProgress {
	topic: string;
	/** Files or rows of the topic's source. */
	done: number;
	total: number;
}

/** What an index in this thread needs. */
export interface LocalOptions {
	/** Absolute path of the index database. */
	file: string;
	/** Called at the first need. */
	database: () => Promise<OpenTopicDatabase>;
	files: TopicFiles;
	/** Asked before anything of a topic's source is read. */
	realPlace: RealPlace;
	log: TopicLog;
	/** While a damaged index is rebuilt from its sources; `undefined` when that is done. */
	onRebuild: (progress: RebuildProgress | undefined) => void;
}
