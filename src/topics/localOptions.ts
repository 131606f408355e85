import type { TopicFiles } from './files.ts';
import type { RealPath } from './importTopic.ts';
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
	/** Called when the database is first needed. */
	database: () => Promise<OpenTopicDatabase>;
	files: TopicFiles;
	/** Called before anything is read from a topic's source. */
	realPath: RealPath;
	log: TopicLog;
	/** Called while a damaged index is rebuilt from its sources; with `undefined` when that is done. */
	onRebuild: (progress: RebuildProgress | undefined) => void;
}
