import * as l10n from '@vscode/l10n';
import type { RatingPatch } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { StoredResponse, TestResult } from '../common/model.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { checkNotes, checkRating } from './rules.ts';

/** The exact requests of a message or a test, keys masked. */
export interface StoredRequests {
	requests: { method: string; url: string; headers: Record<string, string>; body: string }[];
}

/** Changes the stars and notes of a stored result; null removes them. */
export async function rateTest(
	context: WorkshopContext,
	draftId: number,
	testId: string,
	patch: RatingPatch,
): Promise<TestResult> {
	if (patch.userRating !== undefined && patch.userRating !== null) {
		checkRating(patch.userRating);
	}
	if (patch.notes !== undefined && patch.notes !== null) {
		checkNotes(patch.notes);
	}
	const store = await context.store();
	return store.write(({ drafts, results }) => {
		drafts.get(draftId);
		if (results.get(testId).draftId !== draftId) {
			throw new AppError('not-found', l10n.t('Test result not found in this draft'));
		}
		return results.rate(testId, patch);
	});
}

/** Moves a result to the trash after stopping its test. Resolves to the id for `undoDelete`. */
export async function deleteResult(context: WorkshopContext, testId: string): Promise<number> {
	const run = context.runs.active.find(({ kind, key }) => kind === 'test' && key === testId);
	run?.stop();
	await run?.finished;
	const store = await context.store();
	return store.write(({ trash }) => trash.removeResult(testId, timestamp(context)));
}

/** The full answer of a test, or undefined if it was not stored or was pruned. */
export async function storedResponse(context: WorkshopContext, testId: string): Promise<StoredResponse | undefined> {
	const store = await context.store();
	const { responseRef } = await store.read(({ results }) => results.get(testId));
	return load<StoredResponse>(context, responseRef);
}

export async function storedRequest(
	context: WorkshopContext,
	of: { testId: string } | { messageId: number },
): Promise<StoredRequests | undefined> {
	const store = await context.store();
	const { requestRef } = await store.read(({ chats, results }) =>
		'testId' in of ? results.get(of.testId) : chats.message(of.messageId),
	);
	return load<StoredRequests>(context, requestRef);
}

/** A file beside the store is trusted like the store itself: its name is the hash of its content. */
async function load<T>(context: WorkshopContext, reference: string | null): Promise<T | undefined> {
	const { blobs } = await context.store();
	const text = reference === null ? undefined : await blobs.get(reference);
	return text === undefined ? undefined : (JSON.parse(text) as T);
}
