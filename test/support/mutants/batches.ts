import { mutantsOf } from './mutant.ts';

/** Batches: what is paid for once must not be sent twice, cut off, or taken from somebody else. */
export const batchMutants = mutantsOf('src/suites/batch', 'unit/suites/batch', [
	{
		name: 'a batch has one request too many',
		file: 'writeParts.ts',
		from: 'open.part.requests >= maxRequests',
		to: 'open.part.requests > maxRequests',
		tests: ['writeParts'],
	},
	{
		name: 'a batch is split after it has become too large',
		file: 'writeParts.ts',
		from: 'open.bytes + length + Buffer.byteLength(between + end) > maxBytes',
		to: 'open.bytes > maxBytes',
		tests: ['writeParts'],
	},
	{
		name: 'characters of a batch are counted as bytes',
		file: 'writeParts.ts',
		from: 'const length = Buffer.byteLength(line);',
		to: 'const length = line.length;',
		tests: ['writeParts'],
	},
	{
		name: 'a request that is too large for any batch is put into one',
		file: 'writeParts.ts',
		from: 'if (length + Buffer.byteLength(start + end) + 8 > maxBytes) {',
		to: 'if (length > maxBytes * 1e9) {',
		tests: ['writeParts'],
	},
	{
		name: 'a submission without an answer is sent again before a listing would show it',
		file: 'batchRun.ts',
		from: 'const until = context.now().getTime() + listingDelayMs;',
		to: 'const until = context.now().getTime();',
		tests: ['batchRun'],
	},
	{
		name: 'results of somebody else are taken',
		file: 'batchAnswers.ts',
		from: 'if (!entry.id.startsWith(prefix)) {',
		to: "if (!entry.id.startsWith(prefix) && prefix === '') {",
		tests: ['batchRun'],
	},
	{
		name: 'a batch that may be that of somebody else is cancelled',
		file: 'batchRun.ts',
		from: 'if (isUncertain) {',
		to: "if (isUncertain && batchId === '') {",
		tests: ['batchRun'],
	},
	{
		name: 'a batch is sent before it is written down that it will be',
		file: 'batchRun.ts',
		from: "await this.#save(part, { state: 'sending', sendingAt: context.now().getTime() });",
		to: "Object.assign(part, { state: 'sending', sendingAt: context.now().getTime() });",
		tests: ['batchKills'],
	},
]);
