import type { RequireFacilitator } from './access.ts';
import type { ThinkingLevel } from '../common/model.ts';
import type { Models } from '../providers/provider.ts';

/** What the Lab needs from outside. It has no store, and this room cannot import one. */
export interface LabContext {
	models: () => Models;
	settings: () => { thinking: ThinkingLevel; maxTokens: number };
	/** The given model, the one from the settings, or the one that the user chooses now. Rejects with `cancelled`. */
	chooseModel: (given: string | undefined, signal?: AbortSignal) => Promise<string>;
	/** Rejects with one of the four errors of the access rule. */
	requireFacilitator: RequireFacilitator;
	files: FixtureFiles;
}

export interface FixtureFile {
	/** Root and path; unique. */
	id: string;
	/** In bytes, so that a huge file is refused unread. */
	size: number;
	/** Changes when the file does. */
	etag: string;
	/** True if the file is a fixture only when it has our `$schema`. */
	needsSchema: boolean;
	read: () => Promise<Uint8Array>;
}

/** How the Lab sees files; implemented by the host. */
export interface FixtureFiles {
	list: () => Promise<FixtureFile[]>;
}
