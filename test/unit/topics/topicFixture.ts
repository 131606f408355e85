import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import initSqlJs from 'sql.js';
import { topicDatabases } from '../../../src/topics/index/topicEngine.ts';
import type { TopicIndex } from '../../../src/topics/contract.ts';
import type { TopicFiles } from '../../../src/topics/files.ts';
import type { RealPath } from '../../../src/topics/importTopic.ts';
import { openTopicIndex } from '../../../src/topics/openTopicIndex.ts';

/** A temporary folder with sources, and indexes over one index file in it. */
export class TopicFixture {
	readonly folder: string;
	readonly warnings: string[] = [];
	readonly rebuilt: string[] = [];
	readonly #open: TopicIndex[] = [];

	private constructor(folder: string) {
		this.folder = folder;
	}

	static async create(): Promise<TopicFixture> {
		return new TopicFixture(await mkdtemp(join(tmpdir(), 'topics-')));
	}

	get file(): string {
		return join(this.folder, 'index', 'topics.db');
	}

	path(name: string): string {
		return join(this.folder, name);
	}

	/** Writes files below the folder. */
	async write(files: Record<string, string | Uint8Array>): Promise<void> {
		for (const [name, content] of Object.entries(files)) {
			await mkdir(dirname(this.path(name)), { recursive: true });
			await writeFile(this.path(name), content);
		}
	}

	open(files?: TopicFiles, realPath?: RealPath): TopicIndex {
		const index = openTopicIndex({
			file: this.file,
			database: async () => topicDatabases(await initSqlJs()),
			...(files && { files }),
			...(realPath && { realPath }),
			log: { info: () => undefined, warn: (message) => this.warnings.push(message) },
			onRebuild: (progress) => this.rebuilt.push(progress?.topic ?? 'done'),
		});
		this.#open.push(index);
		return index;
	}

	async dispose(): Promise<void> {
		for (const index of this.#open) {
			await index.dispose();
		}
		await rm(this.folder, { recursive: true });
	}
}
