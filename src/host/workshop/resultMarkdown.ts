import { turnText, turnThinking, type Turn } from '../../common/foldParts.ts';
import { isRunningTest, type TestResult } from '../../common/model.ts';
import { endWords } from '../kit/turnStrings.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';

/** A test result as a document: its numbers, thinking, tool calls and answer; or the answer alone, for comparing. */
export async function resultMarkdown(
	openStore: () => Promise<Store>,
	workshop: Workshop,
	testId: string,
	options: { answerOnly?: boolean } = {},
): Promise<string> {
	const store = await openStore();
	const result = await store.read(({ results }) => results.get(testId));
	const stored = await workshop.response(testId);
	const answer = stored ? turnText(stored.turn) : `${result.responsePreview}\n\n_(full answer not stored)_`;
	if (options.answerOnly) {
		return answer;
	}
	const sections = [
		`# ${result.query}`,
		factLines(result),
		...(stored ? turnSections(stored.turn) : []),
		'## Answer',
		answer || '_(no text)_',
		...(result.error ? ['## Error', result.error.message] : []),
		...(result.notes ? ['## Notes', result.notes] : []),
	];
	return `${sections.join('\n\n')}\n`;
}

/** The document is in English, as its headings are. */
const english = endWords({ t: (message) => message });

function factLines(result: TestResult): string {
	const facts: [string, string | null][] = [
		['Status', isRunningTest(result) ? 'running' : english[result.status]],
		['Model', result.isModel ? result.model : `${result.model} (not a model, did not read the prompt)`],
		['Answered by', result.answeredModel],
		['Topic', result.topic],
		['Articles', String(result.articleCount)],
		['Tools', result.toolsUsed.join(', ') || 'none'],
		['Time', `${(result.executionTimeMs / 1000).toFixed(1)} s`],
		['Rating', result.userRating === null ? null : `${result.userRating} of 5`],
		['Run at', result.timestamp],
	];
	return facts
		.filter(([, value]) => value !== null)
		.map(([label, value]) => `- ${label}: ${value}`)
		.join('\n');
}

function turnSections(turn: Turn): string[] {
	const thinking = turnThinking(turn);
	const calls = turn.blocks.flatMap((block) =>
		block.type === 'tool'
			? [`- \`${block.name}\` ${JSON.stringify(block.input)}: ${block.result?.summary ?? 'no result'}`]
			: [],
	);
	return [
		...(thinking ? ['## Thinking', thinking] : []),
		...(calls.length > 0 ? ['## Tool calls', calls.join('\n')] : []),
	];
}
