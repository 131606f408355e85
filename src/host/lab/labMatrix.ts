import type { LabMatrixChoice, LabMatrixEstimate } from '../../common/labProtocol.ts';
import { matrixEstimate, matrixRows, maxMatrixCells } from '../../lab/matrix.ts';
import type { LabSession } from '../../lab/session.ts';
import type { LabPrompts } from './labPrompts.ts';

type Prompts = Pick<LabPrompts, 'resolve'>;

/** The calls, input tokens and their price of a chosen matrix. `inputPrice` is in US dollars per million tokens. */
export async function estimateMatrix(
	session: LabSession,
	prompts: Prompts,
	choice: LabMatrixChoice,
	inputPrice: (model: string) => number | undefined,
): Promise<LabMatrixEstimate> {
	const { state } = session;
	const texts = (await prompts.resolve(session, choice.prompts)).map(({ text }) => text);
	const { calls, inputTokens } = matrixEstimate(state, matrixRows(state, choice), texts);
	const price = state.settings.model === null ? undefined : inputPrice(state.settings.model);
	return {
		calls,
		inputTokens,
		inputCostUsd: price === undefined ? null : (inputTokens * price) / 1e6,
		maxCells: maxMatrixCells,
	};
}

/** Starts the chosen matrix; its cells continue to stream after this resolves. */
export async function startMatrix(session: LabSession, prompts: Prompts, choice: LabMatrixChoice): Promise<void> {
	await session.startMatrix({ ...choice, prompts: await prompts.resolve(session, choice.prompts) });
}
