import type { StoredTrial } from '../../../src/common/suiteModel.ts';
import type { RunPins } from '../../../src/suites/suiteContext.ts';
import { time } from '../storage/testStore.ts';

/** A run id; different numbers give different ones. */
export function runIdOf(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function runPins(runId: string): RunPins {
	return { format: 1, runId, suite: 'file:///triage.prompttest.yaml', suiteText: 'cases: []', plan: { trials: 3 } };
}

/** A complete trial, different for each number; tests change what matters to them. */
export function storedTrial(number: number, changes: Partial<StoredTrial> = {}): StoredTrial {
	const output = `The parcel ${number} is on its way, as the depot has said.`;
	return {
		trialId: `trial-${number}`,
		case: { name: `case ${number % 400}`, hash: String(number % 400).padStart(64, 'a'), index: number % 400 },
		variant: number % 2 === 0 ? 'Triage, model-1' : 'Triage 2, model-1',
		repeat: 1 + Math.floor(number / 800),
		verdict: number % 3 === 0 ? 'fail' : 'pass',
		score: number % 3 === 0 ? 0.5 : 1,
		assertions: [
			{
				type: 'contains',
				pass: number % 3 !== 0,
				score: number % 3 === 0 ? 0 : 1,
				reason: 'contains "depot"',
				weight: 1,
			},
			{
				type: 'llm-rubric',
				pass: true,
				score: 1,
				reason: 'It answers politely.',
				weight: 1,
				judged: [{ model: 'anthropic/judge', request: `Is ${number} polite?`, answer: '{"pass":true}' }],
			},
		],
		output,
		latencyMs: 1000 + number,
		timeToFirstTokenMs: 200,
		usage: { inputTokens: 500, outputTokens: 40 },
		costUsd: 0.001,
		reused: false,
		endedAt: time,
		turn: {
			blocks: [
				{ type: 'thinking', id: 'k', text: `The customer asks for ${number}. `.repeat(5) },
				{ type: 'text', id: 't', text: output },
			],
			stopReason: 'stop',
		},
		query: `Where is my parcel ${number % 400}?`,
		requestHash: String(number).padStart(64, 'f'),
		requests: JSON.stringify([{ body: { system: 'You sort tickets. '.repeat(50), question: number } }]),
		...changes,
	};
}
