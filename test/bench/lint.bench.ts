// The time of all lint rules on one prompt: 200 KB of prose as people write it, the same in variation, and each hostile
// piece repeated to 200 KB; and 5 MB. The smallest of nine runs, since a busy machine only ever adds to it.
import { lintPrompt } from '../../src/prompts/lint/lintPrompt.ts';
import { defaultPrompt } from '../../src/workshop/defaultPrompt.ts';
import { lintPieces } from '../support/lintPieces.ts';

const budgetMs = 50;
const hugeBudgetMs = 150;
const size = 200_000;

const prose = defaultPrompt.content.repeat(Math.ceil(size / defaultPrompt.content.length)).slice(0, size);
/** Words with other endings, so that rules do not only repeat each other. */
let index = 0;
const varied = prose.replace(/[a-z]{6,}/g, (word) => word + String.fromCharCode(97 + (index++ % 26)));

let within = true;
report('200 KB of prompts', time(prose), budgetMs);
report('200 KB of prompts without repetition', time(varied.slice(0, size)), budgetMs);
const hostile = lintPieces.map((piece) => ({
	piece,
	ms: time(piece.repeat(Math.ceil(size / piece.length)).slice(0, size)),
}));
const slowest = hostile.toSorted((a, b) => b.ms - a.ms)[0]!;
report(
	`200 KB of the slowest of ${hostile.length} hostile texts, ${JSON.stringify(slowest.piece)}`,
	slowest.ms,
	budgetMs,
);
report('5 MB of prompts, of which the first 400,000 characters are checked', time(prose.repeat(25)), hugeBudgetMs);
process.exitCode = within ? 0 : 1;

/** Milliseconds. */
function time(text: string): number {
	const times = Array.from({ length: 9 }, () => {
		const start = performance.now();
		lintPrompt(text, { model: 'anthropic/claude-opus-4-5' });
		return performance.now() - start;
	});
	return Math.min(...times);
}

function report(name: string, ms: number, budget: number): void {
	within &&= ms <= budget;
	console.log(`${ms <= budget ? ' ' : '✘'} ${name.padEnd(90)} ${ms.toFixed(1)} ms`);
}
