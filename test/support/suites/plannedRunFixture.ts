import { textHash } from '../../../src/disk/textHash.ts';
import type { PlannedRun } from '../../../src/suites/plannedRun.ts';

/** The plan of a run of one variant with so many cases, as `runFixture` has its row. */
export function plannedRunFixture(cases: number, changes: Partial<PlannedRun> = {}): PlannedRun {
	const text = 'You sort tickets.';
	return {
		suiteName: 'Support triage',
		suiteHash: 'a'.repeat(64),
		variants: [
			{
				label: 'claude-sonnet',
				kind: 'asked',
				prompt: 'draft:1',
				promptHash: textHash(text),
				text,
				promptRole: 'system',
				variables: [],
				model: 'anthropic/claude-sonnet',
				isModel: true,
				thinking: 'low',
				forcesThinking: false,
				maxTokens: 1024,
				tools: [],
				editorTools: [],
				topic: null,
				trialCostUsd: 0.001,
			},
		],
		cases: Array.from({ length: cases }, (_, index) => ({
			name: `case ${index}`,
			index,
			hash: 'c'.repeat(64),
			line: index + 1,
			vars: {},
			query: `Where is my parcel ${index}?`,
			tags: [],
			repeat: 1,
			assert: [],
			judgeCalls: 0,
			needsOthers: false,
		})),
		repeat: null,
		seed: 1,
		maxCostUsd: 1,
		maxCalls: null,
		reuse: false,
		judgeModel: null,
		estimate: { trials: cases, calls: cases, inputTokens: cases },
		...changes,
	};
}
