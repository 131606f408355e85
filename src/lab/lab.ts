import type { PromptWorkshopApi } from '../common/api.ts';
import type { RequireFacilitator } from './access.ts';
import { Fixtures } from './fixtures.ts';
import type { LabContext } from './labContext.ts';
import { continueConversation, regenerate } from './regenerate.ts';
import { LabSession, type SessionOptions } from './session.ts';

type ApiMembers = Pick<PromptWorkshopApi, 'listFixtures' | 'loadFixture' | 'regenerate' | 'continueConversation'>;

/** The Lab: members of the public API, and sessions for its panels. Every member checks access first. */
export interface Lab extends ApiMembers {
	/** Opens a session for one fixture. */
	openSession(options: SessionOptions): Promise<LabSession>;
	requireFacilitator: RequireFacilitator;
}

export function createLab(context: LabContext): Lab {
	const fixtures = new Fixtures(context.files);
	return {
		requireFacilitator: context.requireFacilitator,
		async listFixtures() {
			await context.requireFacilitator();
			return fixtures.list();
		},
		async loadFixture(nameOrId) {
			await context.requireFacilitator();
			return fixtures.load(nameOrId);
		},
		regenerate: (options) => regenerate(context, options),
		continueConversation: (options) => continueConversation(context, options),
		async openSession(options) {
			await context.requireFacilitator();
			return new LabSession(context, options);
		},
	};
}
