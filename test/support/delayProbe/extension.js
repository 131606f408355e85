import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import * as vscode from 'vscode';

/** Milliseconds between two looks. */
const rhythm = 5;

/**
 * Between its two commands it looks at the clocks every few milliseconds. What keeps it from looking is a task. Start empties the
 * file named by DELAY_FILE, Stop writes JSON to it: the longest task, in milliseconds of the clock, and of the processor's time
 * of this thread, which other programs do not lengthen.
 */
export function activate() {
	const file = process.env.DELAY_FILE;
	let timer;
	let longest;
	const processor = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1000;
	};
	const start = () => {
		clearInterval(timer);
		longest = { clock: 0, processor: 0 };
		let [lookedAt, used] = [performance.now(), processor()];
		timer = setInterval(() => {
			const [now, usedNow] = [performance.now(), processor()];
			const late = now - lookedAt - rhythm;
			longest.clock = Math.max(longest.clock, late);
			// Between two looks that are in time no task was long, whatever all of them took.
			longest.processor = Math.max(longest.processor, Math.min(late, usedNow - used));
			[lookedAt, used] = [now, usedNow];
		}, rhythm);
		writeFileSync(file, '');
	};
	const stop = () => {
		clearInterval(timer);
		writeFileSync(file, JSON.stringify(longest));
	};
	vscode.commands.registerCommand('delayProbe.start', start);
	vscode.commands.registerCommand('delayProbe.stop', stop);
}
