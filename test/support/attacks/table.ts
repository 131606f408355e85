import type { TestOutcome } from '../runMocha.ts';
import { taggedNumbers, threats, type Level, type Threat, type ThreatKind } from './list.ts';

export interface ThreatRow {
	threat: Threat;
	passed: number;
	failed: number;
	/** Levels at which a test has to pass and none did. */
	missing: Level[];
	holds: boolean;
}

/** What the tests with tags of a kind said about each of its numbers; only `levels` were run. */
export function threatRows(
	kind: ThreatKind,
	outcomes: readonly { level: Level; test: TestOutcome }[],
	levels: readonly Level[],
): ThreatRow[] {
	return threats[kind].map((threat) => {
		const own = outcomes.filter(({ test }) => taggedNumbers(kind, test.title).includes(threat.number));
		const count = (state: TestOutcome['state']) => own.filter(({ test }) => test.state === state).length;
		const missing = threat.levels.filter(
			(level) =>
				levels.includes(level) &&
				!own.some((outcome) => outcome.level === level && outcome.test.state === 'passed'),
		);
		const failed = count('failed');
		return { threat, passed: count('passed'), failed, missing, holds: failed === 0 && missing.length === 0 };
	});
}

/** One line a number: what was tried and what came of it. */
export function threatTable(kind: ThreatKind, rows: readonly ThreatRow[]): string {
	return rows
		.map(({ threat, passed, failed, missing, holds }) => {
			const counts = `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`;
			const gap = missing.length > 0 ? `, no test passed at: ${missing.join(', ')}` : '';
			const head = `${kind} ${String(threat.number).padStart(2)}  ${threat.tried.padEnd(84)}`;
			const reason = threat.notHere === undefined ? '' : `\n           not tried here: ${threat.notHere}`;
			return `${head} ${holds ? 'holds' : 'FAILS'} (${counts}${gap})${reason}`;
		})
		.join('\n');
}
