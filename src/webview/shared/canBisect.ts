import type { RunVariant, Trial } from '../../common/suiteModel.ts';

/** Whether the versions of a prompt can be searched for where an answer began to fail: a model gave it, and the prompt has versions. */
export function canBisect(
	{ verdict }: Pick<Trial, 'verdict'>,
	variant: Pick<RunVariant, 'prompt' | 'model' | 'isModel'> | undefined,
): boolean {
	const isAsked = variant !== undefined && variant.isModel && variant.model !== null;
	return verdict === 'fail' && isAsked && variant.prompt !== null && !variant.prompt.startsWith('file:');
}
