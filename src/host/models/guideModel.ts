import { guideName } from '../../guide/guide.ts';
import { kindOf } from '../../providers/all.ts';
import type { Models } from '../../providers/provider.ts';

/**
 * The built-in guide as `provider/model`. The settings can give its provider any id, and the id `offline` to another
 * provider.
 */
export function guideModel({ providers }: Pick<Models, 'providers'>): string | undefined {
	const guide = providers.find(({ kind }) => kindOf(kind)?.isModel === false);
	return guide && `${guide.id}/${guideName}`;
}
