import type { ResolvedPrompt, SuiteContext } from '../suiteContext.ts';

/** The context of runs of versions, which are asked with the topic and thinking level that the tests of their prompt have now. */
export function versionContext(context: SuiteContext, { thinking, topic }: ResolvedPrompt): SuiteContext {
	return {
		...context,
		async resolvePrompt(reference, suiteUri) {
			const found = await context.resolvePrompt(reference, suiteUri);
			return {
				...found,
				...(thinking !== undefined && { thinking }),
				...(topic !== undefined && { topic }),
			};
		},
	};
}
