import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../../src/disk/nodeFiles.ts';
import { openRunFiles } from '../../../../src/suites/runFiles.ts';
import { resumeRun } from '../../../../src/suites/runSuite.ts';
import type { SuiteRun } from '../../../../src/common/suiteModel.ts';
import { askedQuestions, suiteOf } from '../../../support/suites/batchContext.ts';
import { suiteContext } from '../../../support/suites/suiteContext.ts';
import { projectRoot } from '../../../support/vscode/projectRoot.ts';
import type { BatchOperation } from '../../../support/wire/batchServer.ts';
import { wiredModels } from '../../../support/wire/wiredModels.ts';
import { WireServer } from '../../../support/wire/wireServer.ts';

const cases = 40;
const providers = [
	{ kind: 'openai', model: 'openai/gpt-5.5' },
	{ kind: 'anthropic', model: 'anthropic/claude-opus-5-5' },
] as const;

describe('a process that is killed while its run is a batch', function () {
	this.timeout(120_000);
	let wire: WireServer;
	let folder: string;
	before(async () => {
		wire = await WireServer.start();
	});
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'killed-batch-'));
		wire.reset();
		wire.batch.endsAfter = 2;
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));
	after(() => wire.stop());

	/** Runs the suite in a process of its own and kills it when a call arrives, or when so many trials were reported. */
	async function runAndKill(
		kind: 'openai' | 'anthropic',
		model: string,
		at: { operation: BatchOperation } | { trials: number },
	): Promise<{ runId: string; reported: string[] }> {
		const address = kind === 'openai' ? wire.baseUrl : wire.origin;
		const program = join(projectRoot, 'test/support/suites/killedBatchChild.ts');
		const child = fork(program, [folder, kind, address, suiteOf(model, cases)]);
		let runId = '';
		const reported: string[] = [];
		child.on('message', (message: { runId?: string; trialId?: string }) => {
			runId = message.runId ?? runId;
			if (message.trialId !== undefined) {
				reported.push(message.trialId);
				if ('trials' in at && reported.length === at.trials) {
					child.kill('SIGKILL');
				}
			}
		});
		wire.batch.onCall = (operation) => {
			if ('operation' in at && operation === at.operation) {
				// The call itself is still carried out: nobody hears of it.
				child.kill('SIGKILL');
			}
		};
		await new Promise((resolve) => child.on('close', resolve));
		wire.batch.onCall = () => undefined;
		return { runId, reported };
	}

	async function resume(runId: string): Promise<SuiteRun | undefined> {
		let now = Date.now();
		const context = suiteContext(wiredModels(wire), {
			files: openRunFiles(folder, nodeFiles, { groupMs: 5 }),
			now: () => new Date(now),
			wait: async (milliseconds) => void (now += milliseconds),
		});
		let run: SuiteRun | undefined;
		for await (const event of resumeRun(context, runId)) {
			run = event.type === 'run' ? event.run : run;
		}
		return run;
	}

	for (const { kind, model } of providers) {
		const moments: ({ operation: BatchOperation } | { trials: number })[] = [
			...(kind === 'openai' ? [{ operation: 'upload' } as const] : []),
			{ operation: 'create' },
			{ operation: 'retrieve' },
			{ operation: 'results' },
			{ trials: 1 },
			{ trials: cases / 2 },
		];
		for (const moment of moments) {
			const when = 'trials' in moment ? `after ${moment.trials} trials` : `during "${moment.operation}"`;
			it(`submits no case twice and loses none: ${kind}, killed ${when}`, async () => {
				const { runId, reported } = await runAndKill(kind, model, moment);
				const run = await resume(runId);
				assert.deepEqual([run?.status, run?.done, run?.variants[0]?.passed], ['complete', cases, cases]);
				const asked = askedQuestions(wire);
				assert.equal(asked.size, cases);
				assert.deepEqual(
					[...asked].filter(([, count]) => count !== 1),
					[],
				);
				const ids = (await openRunFiles(folder, nodeFiles).trials(runId)).map(({ trialId }) => trialId);
				assert.equal(new Set(ids).size, cases);
				assert.deepEqual(
					reported.filter((id) => ids.filter((other) => other === id).length !== 1),
					[],
				);
			});
		}
	}
});
