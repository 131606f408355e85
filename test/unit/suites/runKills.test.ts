import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { resumeRun } from '../../../src/suites/runSuite.ts';
import { announcedRandom } from '../../support/random.ts';
import { outcomeOf, suiteContext } from '../../support/suites/suiteContext.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';
import { wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const cases = 60;
const list = Array.from({ length: cases }, (_, index) => `  - { name: c${index}, query: "<q${index}>" }`);
const suite = `prompt: draft:a\nmodels: local/m\ncases:\n${list.join('\n')}`;

describe('a process that is killed in the middle of a run', function () {
	this.timeout(120_000);
	let wire: WireServer;
	let folder: string;
	before(async () => {
		wire = await WireServer.start();
	});
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'killed-run-'));
		wire.reset();
		wire.always('chat', [{ pauseMs: 5 }, ...wire.script.chat({ text: 'x' })]);
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));
	after(() => wire.stop());

	/** How often each question was asked. */
	function asked(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { text } of wire.requestsTo('chat')) {
			const [question = ''] = /<q\d+>/.exec(text) ?? [];
			counts.set(question, (counts.get(question) ?? 0) + 1);
		}
		return counts;
	}

	/** Runs the suite in a process of its own and kills it when so many trials were reported. */
	async function runAndKill(trials: number): Promise<{ runId: string; reported: string[] }> {
		const child = fork(join(projectRoot, 'test/support/suites/killedChild.ts'), [folder, wire.baseUrl, suite]);
		let runId = '';
		const reported: string[] = [];
		child.on('message', (message: { runId?: string; trialId?: string }) => {
			runId = message.runId ?? runId;
			if (message.trialId !== undefined && reported.push(message.trialId) === trials) {
				child.kill('SIGKILL');
			}
		});
		await new Promise((resolve) => child.on('close', resolve));
		return { runId, reported };
	}

	it('loses no trial that was reported, and its run goes on without asking for one of them again', async () => {
		const random = announcedRandom();
		for (let round = 0; round < 3; round++) {
			wire.reset();
			const { runId, reported } = await runAndKill(1 + Math.floor(random() * (cases - 1)));
			const files = openRunFiles(folder, nodeFiles, { groupMs: 20 });
			const inLog = await files.trials(runId);
			const ids = new Set(inLog.map(({ trialId }) => trialId));
			assert.deepEqual(
				reported.filter((id) => !ids.has(id)),
				[],
			);
			const before = asked();
			const context = suiteContext(wiredModels(wire), { files });
			const { run } = await outcomeOf(resumeRun(context, runId));
			assert.deepEqual([run.status, run.done, run.variants[0]?.passed], ['complete', cases, cases]);
			const after = asked();
			assert.equal(after.size, cases);
			for (const { query } of inLog) {
				assert.equal(after.get(query), before.get(query), query);
			}
			assert.equal((await files.trials(runId)).length, cases);
		}
	});
});
