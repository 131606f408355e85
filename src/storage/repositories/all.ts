import type { Repositories } from '../contract.ts';
import { createChats } from './chats.ts';
import { createDrafts } from './drafts.ts';
import { createPrompts } from './prompts.ts';
import { createResults } from './results.ts';
import { createRuns } from './runs.ts';
import { createSuites } from './suites.ts';
import type { Session } from './rows.ts';
import { createTexts } from './texts.ts';
import { createTrash } from './trash.ts';
import { createVersions } from './versions.ts';

export function createRepositories(session: Session): Repositories {
	return {
		drafts: createDrafts(session),
		chats: createChats(session),
		prompts: createPrompts(session),
		results: createResults(session),
		versions: createVersions(session),
		trash: createTrash(session),
		texts: createTexts(session),
		suites: createSuites(session),
		runs: createRuns(session),
	};
}
