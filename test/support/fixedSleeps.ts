import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that sleep for a fixed time, and how often: where the time itself is what matters, which each call says. */
export const knownSleeps: Record<string, number> = {
	'test/bench/lab.bench.ts': 5,
	'test/bench/providers.bench.ts': 1,
	'test/bench/report.bench.ts': 1,
	'test/bench/storage.bench.ts': 2,
	'test/bench/webview.bench.ts': 2,
	'test/host/labSupport.ts': 1,
	'test/host/soak.test.ts': 1,
	'test/support/activationProbe/extension.js': 1,
	'test/support/chatModels/extension.js': 1,
	'test/support/disk/lockChild.ts': 1,
	'test/support/eventually.ts': 1,
	'test/support/sleep.ts': 1,
	'test/support/storage/child.ts': 2,
	'test/support/webview/galleryContent.ts': 2,
	'test/support/webview/labPages.ts': 1,
	'test/support/wire/wireServer.ts': 1,
	'test/ui/hostKill.test.ts': 2,
	'test/ui/labAccess.test.ts': 1,
	'test/ui/labPageLimits.test.ts': 1,
	'test/ui/workshopPanel.test.ts': 1,
	'test/unit/cli/interrupted.test.ts': 1,
	'test/unit/disk/lock.test.ts': 1,
	'test/unit/providers/faults.test.ts': 1,
	'test/unit/providers/limiter.test.ts': 1,
	'test/unit/providers/toolLoop.test.ts': 1,
	'test/unit/runs/run.test.ts': 1,
	'test/unit/storage/kills.test.ts': 1,
	'test/unit/workshop/chat.test.ts': 2,
	'test/unit/workshop/unstoredRuns.test.ts': 1,
};

/** How often a text waits for a fixed time and not for a condition. A pause of no length only lets others go first. */
export function fixedSleeps(text: string): number {
	const sleep =
		/\bwaitForTimeout\(|\btimers\/promises\b|\bnew Promise(?:<\w+>)?\(\(?\w+\)? =>\s*\{?\s*setTimeout\(\s*\w+,|(?<!function )\bsleep\(/g;
	return text.match(sleep)?.length ?? 0;
}

/** The files of tests and pages that wait for a fixed time, as `knownSleeps`. The fence test has examples of its own. */
export function allFixedSleeps(root: string): Record<string, number> {
	const files = globSync('{test,src/webview}/**/*.{ts,js}', { cwd: root })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => file !== 'test/unit/fences.test.ts');
	const counts = files.map((file) => [file, fixedSleeps(readFileSync(join(root, file), 'utf8'))] as const);
	return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
