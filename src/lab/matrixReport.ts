import { turnText, turnThinking } from '../common/turn.ts';
import { columnMessages, type LabState } from '../common/labState.ts';
import { messageText } from '../runs/modelMessages.ts';

/** The matrix as plain JSON for a file: every cell with its prompt, answer, thinking, usage and times. */
export function matrixReport(state: LabState): unknown {
	const { fixture, matrix, takes, prompts } = state;
	const cells = takes.flatMap((take) => {
		const row = take.matrix && matrix?.rows[take.matrix.row];
		const step = take.steps[0];
		if (!take.matrix || !row || !step) {
			return [];
		}
		const [section, conversation] = take.column.split('/').map(Number);
		const part = fixture.sections[section ?? -1];
		const messages = columnMessages(fixture, take.column) ?? [];
		const recorded = messages[row.turn];
		const question = messages.slice(0, row.turn).findLast(({ role }) => role === 'user');
		return [
			{
				prompt: matrix?.prompts[take.matrix.prompt]?.label,
				systemPrompt: prompts[take.prompt],
				section: part?.name,
				conversation: part?.conversations[conversation ?? -1]?.label,
				turn: row.turn + 1,
				question: question && messageText(question),
				thinkingLevel: row.thinking,
				model: take.model,
				status: step.status,
				answer: turnText(step.turn),
				thinking: turnThinking(step.turn),
				recorded: recorded && messageText(recorded),
				usage: step.turn.usage,
				error: step.turn.error,
				durationMs: step.durationMs,
				firstPartMs: step.firstPartMs,
			},
		];
	});
	return { fixture: { id: fixture.id, name: fixture.name }, cells };
}
