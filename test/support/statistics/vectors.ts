import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../vscode/projectRoot.ts';
import { close } from './close.ts';

interface Outcome {
	interval: [number, number];
	pValue: number;
	verdict: number;
}

interface Counts {
	b: number;
	c: number;
	n: number;
}

interface Vectors {
	fixed: (Outcome & Counts & { id: string; alpha?: number })[];
	/** Wins of B less wins of A of each case; `effective`: b, c and n that they are worth. */
	repeats: (Outcome & { id: string; repeats: number; wins: number[]; effective: [number, number, number] })[];
	alwaysValid: (Outcome & { id: string; e: number } & (Counts | { answersOf: string }))[];
	furtherCases: (Counts & { id: string; difference: number; needed: number; safe: number })[];
	holm: (Outcome & Counts & { family: string; level: number; adjusted: number })[];
}

/** Numbers of the comparison rule that were computed in two other ways. */
export const vectors = JSON.parse(
	readFileSync(join(projectRoot, 'fixtures', 'statistics', 'vectors.json'), 'utf8'),
) as Vectors;

/** Fails unless a comparison is that of a vector. */
export function sameOutcome(
	actual: Omit<Outcome, 'interval'> & { interval: readonly [number, number] },
	expected: Outcome,
): void {
	close(actual.interval[0], expected.interval[0], { abs: 1e-9 }, 'low');
	close(actual.interval[1], expected.interval[1], { abs: 1e-9 }, 'high');
	close(actual.pValue, expected.pValue, { rel: 1e-8 }, 'p');
	close(actual.verdict, expected.verdict, { abs: 0 }, 'verdict');
}

/** The differences of cases with one answer each. */
export function differencesOf({ b, c, n }: Counts): number[] {
	return Array.from({ length: n }, (_, index) => (index < b ? 1 : index < b + c ? -1 : 0));
}
