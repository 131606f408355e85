import type { AssertionResult, Trial } from '../../common/suiteModel.ts';

/** Why a trial did not pass, one sentence each; empty if it passed. */
export function reasonsOf({ verdict, error, assertions }: Pick<Trial, 'verdict' | 'error' | 'assertions'>): string[] {
	if (verdict === 'pass') {
		return [];
	}
	if (error) {
		return [error.message];
	}
	return assertions.filter(isLost).map(({ type, reason }) => `${type}: ${reason}`);
}

function isLost({ pass, error }: AssertionResult): boolean {
	return !pass || error === true;
}
