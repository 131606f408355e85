import { ownSuite } from '../asideSuite.ts';
import type { ResolvedPrompt, SuiteContext } from '../suiteContext.ts';

/**
 * The context of runs of versions: they are filed aside of their suite, and asked with the topic and thinking level that the
 * tests of their prompt have now.
 */
export function versionContext(context: SuiteContext, { thinking, topic }: ResolvedPrompt): SuiteContext {
	return {
		...context,
		async resolvePrompt(reference, suiteUri) {
			const found = await context.resolvePrompt(reference, ownSuite(suiteUri));
			return {
				...found,
				...(thinking !== undefined && { thinking }),
				...(topic !== undefined && { topic }),
			};
		},
		readCaseFile: (path, suiteUri) => context.readCaseFile(path, ownSuite(suiteUri)),
	};
}
