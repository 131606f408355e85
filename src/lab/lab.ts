import type { PromptWorkshopApi } from '../common/api.ts';
import type { RequireFacilitator } from './access.ts';
import type { Fixtures } from './fixtures.ts';
import type { LabContext } from './labContext.ts';
import type { LabSession, SessionOptions } from './session.ts';

type ApiMembers = Pick<PromptWorkshopApi, 'listFixtures' | 'loadFixture' | 'regenerate' | 'continueConversation'>;

/** The Lab: members of the public API, and sessions for its panels. Every member checks access first. */
export interface Lab extends ApiMembers {
	/** Opens a session for one fixture. */
	openSession(options: SessionOptions): Promise<LabSession>;
	requireFacilitator: RequireFacilitator;
}

/** What does the work is loaded on first use. */
export function createLab(context: LabContext): Lab {
	let loaded: Promise<Fixtures> | undefined;
	const fixtures = () => (loaded ??= import('./fixtures.ts').then((module) => new module.Fixtures(context.files)));
	return {
		requireFacilitator: context.requireFacilitator,
		async listFixtures() {
			await context.requireFacilitator();
			return (await fixtures()).list();
		},
		async loadFixture(nameOrId) {
			await context.requireFacilitator();
			return (await fixtures()).load(nameOrId);
		},
		async *regenerate(options) {
			yield* (await import('./regenerate.ts')).regenerate(context, options);
		},
		async *continueConversation(options) {
			yield* (await import('./regenerate.ts')).continueConversation(context, options);
		},
		async openSession(options) {
			await context.requireFacilitator();
			const { LabSession } = await import('./session.ts');
			return new LabSession(context, options);
		},
	};
}
