import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import type { DiskFiles } from '../../disk/files.ts';
import { placeFile } from '../../disk/placeFile.ts';
import { storageFailure } from '../runLog/storageFailure.ts';

const side = v.object({ runId: v.string(), variant: v.string() });

const ratingSchema = v.object({
	/** Hash of the case. */
	hash: v.string(),
	repeat: v.number(),
	/** Which side stood on the left. */
	left: v.picklist(['a', 'b']),
	choice: v.picklist(['a', 'b', 'tie']),
	/** Both answers were the same, so that nobody was asked. */
	isSame: v.optional(v.boolean()),
	at: v.string(),
});

/** `StoredRatings`, also in the JSON document of a run. */
export const sessionSchema = v.object({
	a: side,
	b: side,
	/** Decides the order of the pairs and the side on which each answer stands. */
	seed: v.number(),
	/** The user has seen which side is which, so that no rating would be blind any more. */
	isRevealed: v.boolean(),
	ratings: v.array(ratingSchema),
});

/** What a person prefers of a pair of answers. */
export type BlindRating = v.InferOutput<typeof ratingSchema>;
/** The ratings of two variants. */
export type StoredRatings = v.InferOutput<typeof sessionSchema>;
/** A variant of a run. */
export type RatedSide = v.InferOutput<typeof side>;

const fileSchema = v.object({ format: v.literal(1), sessions: v.array(sessionSchema) });
const fileName = 'ratings.json';

/** The blind ratings beside the trials of a run. Errors are `AppError('storage')`. */
export interface RatingFiles {
	read(): Promise<StoredRatings[]>;
	/** Durable when it resolves. */
	write(sessions: readonly StoredRatings[]): Promise<void>;
}

/** In the folder of the run. */
export function openRatingFiles(folder: string, files: DiskFiles): RatingFiles {
	const guard = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			throw storageFailure(what, error);
		}
	};
	return {
		read: () =>
			guard(l10n.t('The ratings cannot be read.'), async () => {
				const bytes = await files.read(`${folder}/${fileName}`);
				return bytes ? readSessions(Buffer.from(bytes).toString(), `${folder}/${fileName}`) : [];
			}),
		write: (sessions) =>
			guard(l10n.t('The rating was not stored.'), () =>
				placeFile(files, folder, fileName, Buffer.from(`${JSON.stringify({ format: 1, sessions })}\n`)),
			),
	};
}

function readSessions(text: string, path: string): StoredRatings[] {
	try {
		return v.parse(fileSchema, JSON.parse(text)).sessions;
	} catch (cause) {
		throw new AppError(
			'storage',
			l10n.t('The ratings of this run are damaged: repair {0}, or move it away to rate again', path),
			{ cause },
		);
	}
}
