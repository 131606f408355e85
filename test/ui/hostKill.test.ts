import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DraftDetails } from '../../src/common/api.ts';
import type { TestResult } from '../../src/common/model.ts';
import type { StreamPart } from '../../src/common/streamParts.ts';
import type { StoreStatus } from '../../src/storage/contract.ts';
import { until } from '../support/eventually.ts';
import { announcedRandom } from '../support/random.ts';
import { sleep } from '../support/sleep.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const testOptions = { testQuery: 'What slows the build-out?', topic: 'General', storeFullResponse: true };
const draftContent = 'You answer questions about energy storage and cite the article of every claim. '.repeat(2);

/** Unlike any other number's, and long enough that half of it could be on the disk. */
const numbered = (number: number) => `${number}: ${`text ${number} `.repeat(500 + (number % 7) * 2_000)}`;

/** What the host was asked to store, and what it has said to be stored. */
interface Book {
	sent: number;
	acknowledged: number;
	/** Ratings by test id. */
	ratings: Map<string, { userRating: number; notes: string }>;
	results: Map<string, TestResult>;
}

describe('the extension host, killed while it stores', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let edited: number;
	let tested: number;
	let interrupted: number;
	const book: Book = { sent: 0, acknowledged: 0, ratings: new Map(), results: new Map() };

	before(async () => {
		driven = await startDrivenSession({
			settings: { 'promptWorkshop.chatModel': 'local/m', 'promptWorkshop.testModel': 'local/m' },
		});
		workbench = await driven.session.openWindow();
		[edited, tested, interrupted] = [await start('Edited'), await start('Tested'), await start('Interrupted')];
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	async function start(draftName: string): Promise<number> {
		const started = await driven.driver.api('startWorkshop', { draftName, startingPrompt: draftContent });
		return (started as { draftId: number }).draftId;
	}

	async function resultsOf(draftId: number): Promise<TestResult[]> {
		const answer = await driven.driver.api('listTestResults', draftId);
		return (answer as { testResults: TestResult[] }).testResults;
	}

	async function saveNext(): Promise<void> {
		const number = ++book.sent;
		await driven.driver.api('updateDraft', edited, { draftContent: numbered(number) });
		book.acknowledged = number;
	}

	async function testAndRate(): Promise<void> {
		const parts = (await driven.driver.api('testDraft', tested, testOptions)) as StreamPart[];
		const result = parts.find((part) => part.type === 'result')?.result;
		assert.ok(result?.status === 'complete', JSON.stringify(parts));
		book.results.set(result.testId, result);
		const rating = { userRating: 1 + (book.ratings.size % 5), notes: `note ${book.ratings.size}` };
		await driven.driver.api('rateTest', tested, result.testId, rating);
		book.ratings.set(result.testId, rating);
	}

	/** Repeats until the host dies under it. */
	async function repeat(work: () => Promise<void>): Promise<void> {
		try {
			for (;;) {
				await work();
			}
		} catch (error) {
			// The connection to the host that was killed; anything else is a failure of the work.
			if (!(error instanceof TypeError && error.message === 'fetch failed')) {
				throw error;
			}
		}
	}

	/** Size of the log that is being written. */
	async function openLogSize(): Promise<() => number> {
		const { folder, generation } = (await driven.run('showStorageStatus')) as StoreStatus;
		await workbench.answerDialog('Cancel');
		return () => statSync(join(folder, `log-${generation}.jsonl`)).size;
	}

	const random = announcedRandom();

	/** Kills every extension host at a moment in which a save is under way that is not acknowledged. */
	async function killWhileSaving(moment: 'sent' | 'written', spread: number, logSize: () => number): Promise<void> {
		for (;;) {
			const underWay = book.sent;
			const size = logSize();
			if (moment === 'sent') {
				await sleep(random() * spread, 'a moment by chance');
			} else {
				// In one breath, so that the acknowledgement is not read before the kill.
				for (let looks = 0; logSize() === size && looks < 20_000; looks++);
			}
			if (underWay === book.sent && book.acknowledged < underWay) {
				driven.session.server.hostPids().forEach((pid) => process.kill(pid, 'SIGKILL'));
				return;
			}
			await sleep(1, 'the next save is begun');
		}
	}

	const rounds: { moment: 'sent' | 'written'; spread: number }[] = [
		{ moment: 'sent', spread: 0 },
		{ moment: 'written', spread: 0 },
		{ moment: 'sent', spread: 4 },
		{ moment: 'written', spread: 0 },
		{ moment: 'sent', spread: 10 },
	];
	for (const [index, { moment, spread }] of rounds.entries()) {
		const when = moment === 'sent' ? `at most ${spread} ms after a save was sent` : 'when a save grew the log';
		it(`kill ${index + 1}, ${when}: finds everything acknowledged [fault 1]`, async () => {
			const { driver, wire } = driven;
			const logSize = await openLogSize();
			const before = book.acknowledged;
			const ratedBefore = book.ratings.size;
			wire.reply('chat', wire.script.chat({ text: 'Half of an answer', hold: { after: 'text', name: 'never' } }));
			const running = repeat(async () => {
				await driver.api('testDraft', interrupted, testOptions);
			});
			await until(() => wire.holding === 1, 'a test that streams', 60_000);
			const working = [repeat(saveNext), repeat(testAndRate)];
			const least = 5 + Math.floor(random() * 20);
			await until(
				() => book.acknowledged >= before + least && book.ratings.size > ratedBefore,
				`${least} saves and a rating`,
				120_000,
			);
			await killWhileSaving(moment, spread, logSize);
			await driver.forget();
			await Promise.all([running, ...working]);

			const { draftContent: found } = (await driver.api('getDraft', edited)) as DraftDetails;
			const number = Number(/^\d+/.exec(found)?.[0]);
			assert.ok(
				number >= book.acknowledged && number <= book.sent,
				`${number}, acknowledged ${book.acknowledged}, sent ${book.sent}`,
			);
			assert.ok(found === numbered(number), `number ${number} is not whole`);

			const stored = new Map((await resultsOf(tested)).map((result) => [result.testId, result]));
			for (const [testId, { userRating, notes, ...result }] of book.results) {
				const { userRating: foundRating, notes: foundNotes, ...foundResult } = stored.get(testId) ?? {};
				assert.deepEqual(foundResult, result);
				const rating = book.ratings.get(testId);
				if (rating) {
					assert.deepEqual({ userRating: foundRating, notes: foundNotes }, rating);
				}
			}
			const held = await resultsOf(interrupted);
			assert.equal(held.length, index + 1);
			assert.deepEqual(
				held.map(({ status, stopReason }) => [status, stopReason]),
				held.map(() => ['interrupted', 'unknown']),
			);
			console.log(
				`      ${book.acknowledged - before} saves and ${book.ratings.size - ratedBefore} tests acknowledged; ` +
					`of the save under way the ${number > book.acknowledged ? 'new' : 'old'} text is there`,
			);
			if (index % 2 === 1) {
				// VS Code restarts a host by itself twice, then it asks; in a new page it begins to count anew.
				await driver.forget();
				await workbench.page.reload();
			}
		});
	}
});
