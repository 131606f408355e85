import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PromptWorkshopApi, StartedWorkshop } from '../../src/common/api.ts';
import type { SuiteRun, SuiteRunEvent } from '../../src/common/suiteModel.ts';
import { until } from '../support/eventually.ts';
import { inWorkspace, rejectionOf } from './labSupport.ts';
import { activated, useOfflineGuide } from './support.ts';

const run = <T>(id: string, ...parameters: unknown[]) =>
	vscode.commands.executeCommand<T>(`promptWorkshop.${id}`, ...parameters);

const prompt = 'You are a support agent. Answer in at most three sentences, and name the order that you mean.';
const suite = `description: Support
cases:
  - name: short
    query: Where is my parcel 7, and when does it arrive?
    repeat: 2
    assert:
      - { type: word-count, value: { min: 1, max: 2000 } }
  - name: never
    query: Where is my parcel 8, and when does it arrive?
    assert:
      - { type: contains, value: "words that no answer has: xyzzy" }
  - name: recorded
    query: Where is parcel 9?
    output: It is on its way.
    assert:
      - { type: contains, value: on its way }
`;

async function all(events: AsyncIterable<SuiteRunEvent>): Promise<SuiteRunEvent[]> {
	const list: SuiteRunEvent[] = [];
	for await (const event of events) {
		list.push(event);
	}
	return list;
}

describe('test suites', () => {
	let api: PromptWorkshopApi;
	let draftId = 0;
	let uri: vscode.Uri;
	const files: string[] = [];

	/** Replaces the text of an open document. */
	const write = async (target: vscode.Uri, text: string) => {
		const document = await vscode.workspace.openTextDocument(target);
		const edit = new vscode.WorkspaceEdit();
		edit.replace(target, new vscode.Range(0, 0, document.lineCount, 0), text);
		assert.ok(await vscode.workspace.applyEdit(edit));
		return document;
	};

	before(async () => {
		api = await activated();
		await useOfflineGuide();
		const started = await api.startWorkshop({
			draftName: 'Suite host test',
			startingPrompt: prompt,
			kind: 'assistant',
		});
		draftId = started.draftId;
	});
	after(() => Promise.all(files.map((file) => rm(file, { force: true }))));
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('of a draft are documents that open, save to the store and are listed', async () => {
		const made = await run<{ uri: string } | undefined>('newSuite', draftId);
		assert.ok(made);
		uri = vscode.Uri.parse(made.uri);
		assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /cases:/);
		const document = await write(uri, suite);
		assert.ok(await document.save());
		const listed = (await api.listSuites()).find(({ id }) => id === uri.toString());
		assert.deepEqual(listed, {
			id: uri.toString(),
			uri: uri.toString(),
			name: 'Suite host test',
			prompt: null,
			cases: 3,
			problems: [],
		});
	});

	it('show what is wrong at its line while they are typed', async () => {
		await write(uri, suite.replace('query: Where is my parcel 8', 'qury: Where is my parcel 8'));
		await until(() => vscode.languages.getDiagnostics(uri).length > 0, 'a problem');
		const [problem] = vscode.languages.getDiagnostics(uri);
		assert.equal(problem?.range.start.line, 8);
		assert.match(problem.message, /qury/);
		assert.ok(await (await write(uri, suite)).save());
		await until(() => vscode.languages.getDiagnostics(uri).length === 0, 'no problem');
	});

	it('run with the built-in guide, which is marked as no model, and grade recorded answers', async () => {
		const events = await all(api.runSuite(uri.toString()));
		const plan = events[0];
		assert.ok(plan?.type === 'plan');
		assert.equal(plan.trials, 4);
		const trials = events.flatMap((event) => (event.type === 'trial' ? [event.trial] : []));
		const verdicts = (name: string) => trials.filter((one) => one.case.name === name).map(({ verdict }) => verdict);
		assert.deepEqual(verdicts('short'), ['pass', 'pass']);
		assert.deepEqual(verdicts('never'), ['fail']);
		assert.deepEqual(verdicts('recorded'), ['pass']);
		assert.deepEqual(events.at(-1), { type: 'done', stopReason: 'stop' });

		const stored = await api.getRun(plan.runId);
		assert.equal(stored.status, 'complete');
		assert.equal(stored.trials.length, 4);
		const guide = stored.variants.find(({ model }) => model === 'offline/guide');
		assert.deepEqual([guide?.isModel, guide?.passed, guide?.of, guide?.errors], [false, 2, 3, 0]);
		const report = JSON.parse(await api.exportRun(plan.runId, 'json')) as { run: unknown; trials: unknown[] };
		assert.equal(report.trials.length, 4);
		assert.match(
			await api.exportRun(plan.runId, 'md'),
			/\| recorded answers \| 1 \| 0 \| 0 \| 100 % \(21 to 100 %\) \|/,
		);
		const [listed] = await api.listRuns({ suite: uri.toString() });
		assert.equal(listed?.runId, plan.runId);
	});

	it('are compared, variant with variant and run with run, and one run is the baseline', async () => {
		const recorded = (right: number) =>
			JSON.stringify({
				cases: Array.from({ length: 12 }, (_, index) => ({
					name: `case ${index}`,
					query: `Question ${index}`,
					outputs: { old: index < 2 ? 'yes' : 'no', new: index < right ? 'yes' : 'no' },
					assert: [{ type: 'equals', value: 'yes' }],
				})),
			});
		const file = await inWorkspace('compared.prompttest.json', recorded(12));
		const runIdOf = async () => {
			const [plan] = await all(api.runSuite(file));
			assert.ok(plan?.type === 'plan');
			return plan.runId;
		};
		const first = await runIdOf();
		const { variants } = await api.getRun(first);
		assert.deepEqual(
			variants.map(({ label, passed, of, rate, interval }) => [
				label,
				passed,
				of,
				rate,
				(interval?.[0] ?? 0) > 0,
			]),
			[
				['old', 2, 12, 2 / 12, true],
				['new', 12, 12, 1, true],
			],
		);
		const found = await api.compareVariants(first, 'old', 1);
		assert.deepEqual([found.verdict, found.onlyB, found.onlyA, found.both], ['better', 10, 0, 2]);
		assert.match(found.sentence, /^B is better: \+83\.3 points/);
		const early = await all(api.runSuite(file, { stopEarly: true }));
		assert.deepEqual(early.at(-1), { type: 'done', stopReason: 'stop' });
		const [newest] = await api.listRuns();
		assert.equal((await api.compareVariants(newest?.runId ?? '', 'old', 'new')).rule, 'always-valid');
		const sides = { a: { runId: first, variant: 'old' }, b: { runId: first, variant: 'new' } };
		assert.deepEqual(await run('blindRating', first), sides);
		await until(
			() => vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Blind rating') === true,
			'the page of the rating',
		);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
		await api.blessBaseline(first);
		await inWorkspace('compared.prompttest.json', recorded(4));
		const second = await runIdOf();
		const between = await api.compareRuns(first, second);
		// A case with another recorded answer is another case.
		assert.deepEqual([between.verdict, between.cases, between.changed.length], ['not-told-apart', 4, 8]);
		assert.deepEqual(await run('compareRuns', first, second), between);
		const active = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
		await until(() => active().startsWith('Report: '), 'the report of the comparison');
		const folder = await mkdtemp(join(tmpdir(), 'reports-'));
		const target = vscode.Uri.file(join(folder, 'a.report.json'));
		assert.deepEqual(await run('exportRun', second, { format: 'json', uri: target.fsPath }), {
			uri: target.toString(),
		});
		assert.equal((JSON.parse(await readFile(target.fsPath, 'utf8')) as { run: SuiteRun }).run.runId, second);
		assert.deepEqual(await run('openReport', target), { report: target.toString() });
		assert.deepEqual(await run('openReport', second, { against: first }), { report: second });
		// What cannot be opened leaves no empty tab.
		const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).length;
		const open = tabs();
		assert.equal(await run('openReport', vscode.Uri.file(join(folder, 'b.report.json'))), undefined);
		assert.equal(await run('openReport', 'no such run'), undefined);
		await until(() => tabs() === open, 'the tabs that were there before');
		await rm(folder, { recursive: true });
		assert.deepEqual(await run('blessBaseline', second), { runId: second });
		assert.deepEqual(
			[(await api.getRun(first)).blessedAt, typeof (await api.getRun(second)).blessedAt],
			[undefined, 'string'],
		);
		assert.deepEqual(await run('removeBaseline', second), { runId: second });
		assert.equal((await api.getRun(second)).blessedAt, undefined);
		const guide = await api.listRuns({ suite: uri.toString() });
		await rejectionOf(() => api.blessBaseline('no such run'));
		assert.match(
			(await rejectionOf(() => api.compareRuns(guide[0]?.runId ?? '', first))).message,
			/in common|no case|cannot be compared/,
		);
		await rm(file);
	});

	it('stop, and go on without asking again what was answered', async () => {
		const first: SuiteRunEvent[] = [];
		const stop = new AbortController();
		for await (const event of api.runSuite(uri.toString(), { repeat: 60, signal: stop.signal })) {
			first.push(event);
			if (event.type === 'trial') {
				stop.abort();
			}
		}
		const plan = first[0];
		assert.ok(plan?.type === 'plan');
		const done = first.filter(({ type }) => type === 'trial').length;
		assert.equal((await api.getRun(plan.runId)).status, 'stopped');
		const second = await all(api.resumeRun(plan.runId));
		assert.equal(second.filter(({ type }) => type === 'trial').length, plan.trials - done);
		assert.equal((await api.getRun(plan.runId)).trials.length, plan.trials);
	});

	it('run by command, and answer with the run', async () => {
		const done = await run<SuiteRun | undefined>('runSuite', draftId, { repeat: 1 });
		assert.equal(done?.status, 'complete');
		assert.equal(done.done, 3);
	});

	it('of files of the workspace test files of the workspace, and nothing outside it', async () => {
		files.push(
			await inWorkspace('prompts/agent.md', prompt),
			await inWorkspace('prompts/agent.prompttest.yaml', `prompt: file:agent.md\n${suite}`),
			await inWorkspace('prompts/outside.prompttest.yaml', `prompt: file:../../../../etc/passwd\n${suite}`),
		);
		const [file = '', outside = ''] = files.slice(1);
		await until(
			async () => (await api.listSuites()).filter((one) => one.uri.startsWith('file:')).length >= 2,
			'both files',
		);
		const events = await all(api.runSuite(file));
		assert.equal(events.filter(({ type }) => type === 'trial').length, 4);
		assert.match((await rejectionOf(() => all(api.runSuite(outside)))).message, /outside the workspace folder/);
	});

	it('take a test result as a case, also into an open document', async () => {
		for await (const part of api.testDraft(draftId, {
			testQuery: 'What do you answer to a lost parcel?',
			topic: 'General',
		})) {
			assert.notEqual(part.type, 'error');
		}
		const [result] = (await api.listTestResults(draftId)).testResults;
		assert.ok(result);
		await vscode.workspace.openTextDocument(uri);
		const kept = await run<{ uri: string } | undefined>('keepAsCase', result.testId, {
			name: 'kept',
			contains: 'parcel',
		});
		assert.equal(kept?.uri, uri.toString());
		const listed = (await api.listSuites()).find(({ id }) => id === uri.toString());
		assert.equal(listed?.cases, 4);
		assert.deepEqual(listed.problems, []);
	});

	it('come with templates, and go with a draft', async () => {
		const started = await run<StartedWorkshop | undefined>('startFromTemplate', 'code-reviewer', {
			draftName: 'With a suite',
		});
		assert.ok(started);
		const own = (await api.listSuites()).find(({ name }) => name === 'With a suite');
		assert.ok(own && own.cases >= 2);
		assert.deepEqual(own.problems, []);
		await api.deleteDraft(started.draftId);
		assert.ok(!(await api.listSuites()).some(({ id }) => id === own.id));
	});
});
