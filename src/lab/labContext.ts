import type { RequireFacilitator } from './access.ts';
import type { ThinkingLevel } from '../common/model.ts';
import type { Models } from '../providers/provider.ts';

/** What the Lab needs from outside. There is no store among it, and the room cannot import one. */
export interface LabContext {
	models: () => Models;
	settings: () => { thinking: ThinkingLevel; maxTokens: number };
	/** The given model, the setting's, or the one that the user now chooses; rejects with `cancelled`. */
	chooseModel: (given: string | undefined, signal?: AbortSignal) => Promise<string>;
	/** Rejects with one of the four answers of the access rule. */
	requireFacilitator: RequireFacilitator;
	files: FixtureFiles;
}

export interface FixtureFile {
	/** Root and path, unique. */
	id: string;
	/** Bytes, so that a huge file is refused unread. */
	size: number;
	/** Changes when the file does. */
	etag: string;
	/** True where the file counts as a fixture only if it carries our `$schema`. */
	needsSchema: boolean;
	read: () => Promise<Uint8Array>;
}

/** The port through which the Lab sees files; the host fills it. */
export interface FixtureFiles {
	list: () => Promise<FixtureFile[]>;
}
