import type { BatchApi, BatchEntry, BatchFile, BatchOffer, Models } from '../../../src/providers/provider.ts';

export const runId = '11111111-1111-4111-8111-111111111111';
export const never = new AbortController().signal;

export function offerOf(models: Models, model: string): BatchOffer {
	const offer = models.batch?.(model);
	if (!offer) {
		throw new Error(`${model} has no batch API`);
	}
	return offer;
}

/** A file of questions `q0`, `q1`, .. */
export async function batchFile(
	api: BatchApi,
	model: string,
	requests: number,
	part = 1,
): Promise<BatchFile & { lines: string[] }> {
	const encode = await api.encoder(model, never);
	const idPrefix = `${runId}-${part}-`;
	const lines = Array.from({ length: requests }, (_, index) =>
		encode(`${idPrefix}${index}`, {
			model,
			system: 'Be brief.',
			messages: [{ role: 'user', content: [{ type: 'text', text: `q${index}` }] }],
			thinking: 'off',
			maxTokens: 100,
		}),
	);
	const { start, between, end } = api.framing;
	const content = new Blob([start + lines.join(between) + end]);
	return { tag: { runId, part }, model, content, requests, idPrefix, lines };
}

export async function entriesOf(api: BatchApi, id: string, model: string): Promise<BatchEntry[]> {
	const entries: BatchEntry[] = [];
	for await (const entry of api.results(id, model, never)) {
		entries.push(entry);
	}
	return entries;
}
