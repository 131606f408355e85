import * as v from 'valibot';
import { kept } from './keptState.ts';

const show = v.object({
	/** Compare the thinking instead of the answers. */
	thinking: kept(v.boolean(), false),
	/** Show rendered Markdown instead of its source. */
	rendered: kept(v.boolean(), true),
	marks: kept(v.boolean(), true),
});

/** How a comparison is shown. */
export type CompareShow = v.InferOutput<typeof show>;
export const compareShow = kept(show, v.parse(show, {}));
