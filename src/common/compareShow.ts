import * as v from 'valibot';
import { kept } from './keptState.ts';

const show = v.object({
	/** The thinking, not the answers. */
	thinking: kept(v.boolean(), false),
	/** As Markdown, not as its source. */
	rendered: kept(v.boolean(), true),
	marks: kept(v.boolean(), true),
});

/** How a comparison is looked at. */
export type CompareShow = v.InferOutput<typeof show>;
export const compareShow = kept(show, v.parse(show, {}));
