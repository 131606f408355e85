import * as v from 'valibot';
import { compareShow } from '../../common/compareShow.ts';
import { finite, kept, keptEntries, keptList, openBlocks } from '../../common/keptState.ts';

/** Entries remembered of each kind. */
const remembered = 300;

const labIntent = v.object({
	fixtureId: v.string(),
	/** When it was kept. */
	at: kept(finite, 0),
	view: kept(v.picklist(['conversations', 'matrix']), 'conversations'),
	/** The conversation whose regenerations are compared; null for all conversations. */
	comparing: kept(v.nullable(v.string()), null),
	compare: compareShow,
	/** Texts typed that the host may not have yet: prompt fields and follow-ups, by key. */
	typed: keptEntries(v.string(), remembered),
	/** The regeneration shown, by conversation; absent for the newest. */
	shown: keptEntries(v.string(), remembered),
	/** Blocks opened or closed by hand, by turn. */
	open: keptEntries(openBlocks, remembered),
	/** Prompt fields, assembled prompts and matrix cells that are unfolded. */
	unfolded: keptList(v.string(), remembered),
	/** Where each conversation or list of items was left: an entry and its share above the top edge, or null for the end. */
	places: keptEntries(v.nullable(finite), remembered),
	/** Errors of answers that were hidden, by `take/step`. */
	hiddenErrors: keptList(v.string(), remembered),
	/** Percent of the height that prompt fields take, where a splitter was moved: of the base, or of a section. */
	shares: keptEntries(finite, remembered),
	restoredSeen: kept(v.boolean(), false),
});
/** What the user of a Lab page meant and the host does not know. */
export type Intent = v.InferOutput<typeof labIntent>;

/** A long base prompt is what most people come to change; an empty one is folded away. */
export function newIntent(fixtureId: string, baseSystemPrompt = ''): Intent {
	return v.parse(labIntent, { fixtureId, unfolded: baseSystemPrompt === '' ? [] : ['base'] });
}

/** Takes from a kept state what still fits; a state of another fixture is not looked at. */
export function readIntent(state: unknown, fixtureId: string): Intent | undefined {
	const read = v.safeParse(labIntent, state);
	return read.success && read.output.fixtureId === fixtureId ? read.output : undefined;
}
