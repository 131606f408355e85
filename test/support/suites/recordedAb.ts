import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../vscode/projectRoot.ts';

/** A case of `fixtures/recorded-ab`: one question, answered under two prompts. */
export interface RecordedCase {
	id: string;
	input: string;
	target: string;
	direct: string;
	cot: string;
}

interface ExpectedTask {
	n: number;
	passes: { direct: number; cot: number };
	/** Cases that only `cot` passes, and those that only `direct` does. */
	b: number;
	c: number;
	bothPass: number;
	neitherPasses: number;
	wilson95: { direct: [number, number]; cot: [number, number] };
	difference: number;
	newcombePaired95: [number, number];
	mcnemarExactP: number;
	mcnemarMidP: number;
	cotWithoutMarker: number;
	/** Adjusted over all tasks. */
	holmP: { exact: number; midP: number };
	benjaminiHochbergP: { exact: number; midP: number };
}

const folder = join(projectRoot, 'fixtures', 'recorded-ab');

/** What a correct evaluation finds, by task. */
export const expectedTasks = (
	JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { tasks: Record<string, ExpectedTask> }
).tasks;

export function recordedCases(task: string): RecordedCase[] {
	const lines = readFileSync(join(folder, `bbh-${task}.jsonl`), 'utf8')
		.trimEnd()
		.split('\n');
	return lines.map((line) => JSON.parse(line) as RecordedCase);
}

/** The rule of the README, for both prompts: only an answer in steps has the marker. */
const finalAnswer =
	'(output.includes("So the answer is") ? output.split("So the answer is").at(-1) : output.split("\\n")[0]).trim().replace(/\\.$/, "").toLowerCase()';

/** A task as a suite in JSON: recorded answers, no model. */
export function recordedSuite(task: string): string {
	return JSON.stringify({
		description: `BIG-Bench Hard, ${task}`,
		defaults: { assert: [{ type: 'equals', value: '{{expected | lower}}', transform: finalAnswer }] },
		cases: recordedCases(task).map(({ id, input, target, direct, cot }) => ({
			name: id,
			query: input,
			expected: target.trim().replace(/\.$/, ''),
			outputs: { direct, cot },
		})),
	});
}
