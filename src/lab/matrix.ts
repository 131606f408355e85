import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { columnMessages, replaceableTurns, sectionOf, type LabMatrix, type LabState } from '../common/labState.ts';
import type { ThinkingLevel } from '../common/model.ts';
import { messageText } from '../runs/modelMessages.ts';

/** Each cell is a request that may cost money. */
export const maxMatrixCells = 200;

/** The rows of a matrix: turns of the given columns, each with every thinking level. */
export function matrixRows(
	state: Pick<LabState, 'fixture' | 'chosen'>,
	options: { columns: readonly string[]; turns: 'chosen' | 'all'; thinking: readonly ThinkingLevel[] },
): LabMatrix['rows'] {
	return options.columns.flatMap((column) => {
		const chosen = state.chosen[column];
		return replaceableTurns(columnMessages(state.fixture, column) ?? [])
			.filter((turn) => options.turns === 'all' || turn === chosen)
			.flatMap((turn) => options.thinking.map((thinking) => ({ column, turn, thinking })));
	});
}

/** The rows of a matrix that is about to start. Throws `validation` if it has no cells or too many. */
export function rowsWithinCap(
	state: Pick<LabState, 'fixture' | 'chosen'>,
	options: Parameters<typeof matrixRows>[1] & { prompts: readonly unknown[] },
): LabMatrix['rows'] {
	const rows = matrixRows(state, options);
	const cells = rows.length * options.prompts.length;
	if (cells === 0 || cells > maxMatrixCells) {
		throw new AppError(
			'validation',
			l10n.t('The matrix has {0} cells; it must have 1 to {1}', cells, maxMatrixCells),
			{
				info: { field: 'matrix' },
			},
		);
	}
	return rows;
}

/** How many calls a matrix would make, and its input tokens, estimated at four characters each. */
export function matrixEstimate(
	state: Pick<LabState, 'fixture'>,
	rows: LabMatrix['rows'],
	prompts: readonly ((section: number) => string)[],
): { calls: number; inputTokens: number } {
	let characters = 0;
	for (const { column, turn } of rows) {
		const section = sectionOf(column);
		const history = (columnMessages(state.fixture, column) ?? []).slice(0, turn);
		const historyLength = history.reduce((sum, message) => sum + messageText(message).length, 0);
		for (const prompt of prompts) {
			characters += historyLength + prompt(section).length;
		}
	}
	return { calls: rows.length * prompts.length, inputTokens: Math.ceil(characters / 4) };
}
