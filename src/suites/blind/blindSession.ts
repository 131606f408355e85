import * as l10n from '@vscode/l10n';
import type { BlindChoice, BlindView } from '../../common/blindPage.ts';
import type { RatedPreference } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { groupBy } from '../../common/groupBy.ts';
import { sideOf } from '../compare/side.ts';
import { storedRun } from '../compare/storedComparison.ts';
import type { SuiteContext, TrialSummary } from '../suiteContext.ts';
import { blindPairs, type BlindPair } from './blindPairs.ts';
import { isBetween } from './isBetween.ts';
import { preferenceOf, swapped } from './preferenceOf.ts';
import type { BlindRating, RatedSide, StoredRatings } from './ratingFiles.ts';

type Context = Pick<SuiteContext, 'records' | 'files' | 'claim' | 'now'>;

/**
 * Lets a person rate the answers of two variants without knowing which is which. Each rating is durable beside the trials of
 * B's run before it is acknowledged, and a session that was left goes on where it was.
 */
export class BlindSession {
	readonly #context: Context;
	readonly #stored: StoredRatings;
	readonly #pairs: readonly BlindPair[];
	readonly #counts: ReadonlyMap<string, number>;
	readonly #names: ReadonlyMap<string, string>;
	readonly #release: () => Promise<void>;
	#ratings: BlindRating[];
	/** One change after the other. */
	#queue: Promise<unknown> = Promise.resolve();

	/** Rejects with `validation` if there is no pair of answers, if a side is not a model, or if another window rates these. */
	static async open(context: Context, a: RatedSide, b: RatedSide): Promise<BlindSession> {
		const [ofA, ofB] = [await answersOf(context, a), await answersOf(context, b)];
		const release = await context.claim(`ratings-${b.runId}`);
		if (!release) {
			throw new AppError(
				'validation',
				l10n.t('The answers of this run are being rated in another tab or window'),
			);
		}
		try {
			const known = (await context.files.ratings(b.runId).read()).find((one) => isBetween(one, a, b));
			const seed = known?.seed ?? Math.floor(Math.random() * 2 ** 32);
			const pairs = blindPairs(ofA, ofB, seed);
			if (pairs.length === 0) {
				throw new AppError('validation', l10n.t('There is no case that both have answered'));
			}
			const stored = known ?? { a, b, seed, isRevealed: false, ratings: [] };
			const names = new Map(ofA.map(({ case: { hash, name } }) => [hash, name]));
			return new BlindSession(context, stored, pairs, names, release);
		} catch (error) {
			await release();
			throw error;
		}
	}

	private constructor(
		context: Context,
		stored: StoredRatings,
		pairs: readonly BlindPair[],
		names: ReadonlyMap<string, string>,
		release: () => Promise<void>,
	) {
		this.#context = context;
		this.#stored = { ...stored };
		this.#pairs = pairs;
		this.#names = names;
		this.#release = release;
		this.#ratings = [...stored.ratings];
		this.#counts = new Map([...groupBy(pairs, ({ hash }) => hash)].map(([hash, own]) => [hash, own.length]));
	}

	/** The next pair and what the ratings have come to. Pairs of equal answers are ties that nobody is asked about. */
	view(): Promise<BlindView> {
		return this.#inTurn(() => this.#view());
	}

	/** `pair`: as the view named it, so that a second press does not rate the next one. */
	rate(pair: string, choice: BlindChoice): Promise<BlindView> {
		return this.#inTurn(async () => {
			const open = this.#next();
			if (open && keyOf(open) === pair && !this.#stored.isRevealed) {
				const { hash, repeat, left } = open;
				const right = left === 'a' ? 'b' : 'a';
				const chosen = choice === 'tie' ? choice : choice === 'left' ? left : right;
				await this.#save([...this.#ratings, { hash, repeat, left, choice: chosen, at: this.#now() }]);
			}
			return this.#view();
		});
	}

	/** Takes back the last rating that the user gave. */
	undo(): Promise<BlindView> {
		return this.#inTurn(async () => {
			const last = this.#ratings.findLastIndex(({ isSame }) => !isSame);
			if (last >= 0 && !this.#stored.isRevealed) {
				await this.#save(this.#ratings.slice(0, last));
			}
			return this.#view();
		});
	}

	/** Shows which side is which. From then on nothing can be rated, because it would not be blind. */
	reveal(): Promise<BlindView> {
		return this.#inTurn(async () => {
			await this.#save(this.#ratings, true);
			this.#stored.isRevealed = true;
			return this.#view();
		});
	}

	async dispose(): Promise<void> {
		await this.#queue.catch(() => undefined);
		await this.#release();
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.catch(() => undefined).then(work);
		this.#queue = result;
		return result;
	}

	async #view(): Promise<BlindView> {
		const { a, b, isRevealed } = this.#stored;
		const shown = isRevealed ? null : await this.#shown();
		return {
			rated: this.#ratings.length,
			pairs: this.#pairs.length,
			pair: shown,
			preference: this.#ratings.length > 0 ? this.#preference() : null,
			canUndo: !isRevealed && this.#ratings.some(({ isSame }) => !isSame),
			sides: isRevealed ? { a: a.variant, b: b.variant } : null,
		};
	}

	/** Until the sides are shown, under other names and perhaps changed over: a rating must not tell which side it was for. */
	#preference(): RatedPreference {
		const { isRevealed, seed } = this.#stored;
		if (isRevealed) {
			return preferenceOf(this.#ratings, this.#counts);
		}
		const ratings = seed % 2 === 0 ? this.#ratings : this.#ratings.map(swapped);
		return preferenceOf(ratings, this.#counts, ['X', 'Y']);
	}

	async #shown(): Promise<BlindView['pair']> {
		for (let pair = this.#next(); pair; pair = this.#next()) {
			const { files } = this.#context;
			const [a, b] = await Promise.all([
				files.trial(this.#stored.a.runId, pair.a),
				files.trial(this.#stored.b.runId, pair.b),
			]);
			if (a.output !== b.output) {
				const [left, right] = pair.left === 'a' ? [a.output, b.output] : [b.output, a.output];
				return { key: keyOf(pair), name: this.#names.get(pair.hash) ?? '', query: a.query, left, right };
			}
			const { hash, repeat, left } = pair;
			const tie: BlindRating = { hash, repeat, left, choice: 'tie', isSame: true, at: this.#now() };
			await this.#save([...this.#ratings, tie]);
		}
		return null;
	}

	#next(): BlindPair | undefined {
		const rated = new Set(this.#ratings.map(keyOf));
		return this.#pairs.find((pair) => !rated.has(keyOf(pair)));
	}

	/** Counts only once it is stored. */
	async #save(ratings: BlindRating[], isRevealed = this.#stored.isRevealed): Promise<void> {
		const { a, b } = this.#stored;
		const files = this.#context.files.ratings(b.runId);
		const others = (await files.read()).filter((one) => !isBetween(one, a, b));
		await files.write([...others, { ...this.#stored, isRevealed, ratings }]);
		this.#ratings = ratings;
	}

	#now(): string {
		return this.#context.now().toISOString();
	}
}

function keyOf({ hash, repeat }: Pick<BlindPair, 'hash' | 'repeat'>): string {
	return `${hash} ${repeat}`;
}

async function answersOf(context: Context, { runId, variant }: RatedSide): Promise<TrialSummary[]> {
	const { run, trials } = await storedRun(context, runId);
	const { label } = sideOf(run, variant, trials);
	return trials.filter((trial) => trial.variant === label);
}
