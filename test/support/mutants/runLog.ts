import { mutantsOf } from './mutant.ts';

/** The trials of runs: what makes them durable, and what tells damage from an end. */
export const runLogMutants = mutantsOf('src/suites', 'unit/suites', [
	{
		name: 'a summary is acknowledged before it is synced',
		file: 'runLog/logWriter.ts',
		from: '\t\tawait open.summaries.sync();\n',
		to: '',
		tests: ['runCrashes'],
	},
	{
		name: 'the answer of a trial is not synced before its summary names it',
		file: 'runLog/logWriter.ts',
		from: '\t\tawait open.answers.sync();\n',
		to: '',
		tests: ['runCrashes'],
	},
	{
		name: 'what was refused is not cut off',
		file: 'runLog/logWriter.ts',
		from: '\t\t\tawait summaries.truncate(this.#end.summaries);\n',
		to: '',
		tests: ['runCrashes'],
	},
	{
		name: 'a file whose sync has failed is written on',
		file: 'runLog/logWriter.ts',
		from: '\t\t\t\tawait this.#cutOff();\n',
		to: '',
		tests: ['runCrashes'],
	},
	{
		name: 'the checksum of a trial is not checked',
		file: 'runLog/logFormat.ts',
		from: ' || crc32Number(bytes.subarray(json, end)) !== statedChecksum(bytes, start)',
		to: ' || statedChecksum(bytes, start) < 0',
		tests: ['runFiles'],
	},
	{
		name: 'trials that are missing before others are not reported',
		file: 'runLog/logReader.ts',
		from: 'read.lost += record.number - read.next;',
		to: '',
		tests: ['runFiles'],
	},
	{
		name: 'a run whose trials are gone is empty',
		file: 'runLog/logReader.ts',
		from: 'if (read.end === 0) {',
		to: 'if (read.end < 0) {',
		tests: ['runFiles'],
	},
	{
		name: 'what a killed process left is synced only, though its own sync may have failed',
		file: 'runLog/writeAgain.ts',
		from: '\t\tawait writeAll(file, await file.read(start, end - start), start);\n',
		to: '',
		tests: ['runCrashes'],
	},
	{
		name: 'an id of a run may lead out of the folder',
		file: 'runFiles.ts',
		from: 'if (!runIdForm.test(runId)) {',
		to: "if (runId === '') {",
		tests: ['runFiles'],
	},
	{
		name: 'a run that is going on is pruned',
		file: 'pruneRuns.ts',
		from: "if (status === 'running' || blessedAt !== undefined || keepIds.has(runId)) {",
		to: 'if (blessedAt !== undefined || keepIds.has(runId)) {',
		tests: ['pruneRuns'],
	},
]);
