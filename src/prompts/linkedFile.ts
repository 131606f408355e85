import * as v from 'valibot';

const link = v.object({
	/** Of the file. */
	uri: v.string(),
	/** Holds the text in which file and draft agreed last. */
	versionId: v.number(),
});

/** The file of a workspace that a draft is written to when it is committed. */
export type FileLink = v.InferOutput<typeof link>;

/** Reads the link in a draft's `metadata`; undefined if it has none. */
export function readFileLink({ link: stored }: Record<string, unknown>): FileLink | undefined {
	const parsed = v.safeParse(link, stored);
	return parsed.success ? parsed.output : undefined;
}
