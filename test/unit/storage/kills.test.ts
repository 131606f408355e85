import assert from 'node:assert/strict';
import { loadState } from '../../../src/storage/loadState.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { announcedRandom } from '../../support/random.ts';
import { sleep } from '../../support/sleep.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { Window } from '../../support/storage/windows.ts';

const phases = ['append', 'sync', 'checkpoint', 'hand-over'] as const;
const kills = Number(process.env['CRASH_KILLS'] ?? 50);

/** The text that the child writes for an attempt. */
function textOf(attempt: string): string {
	return `${attempt}|`.repeat(20 + (attempt.length % 7) * 10);
}

/** The phase that a window was in when its last line was read. */
function phaseAtDeath(lines: readonly string[]): string {
	if (!lines.some((line) => line.startsWith('ready'))) {
		return 'start-up';
	}
	const open: string[] = [];
	for (const line of lines) {
		const [word, phase = ''] = line.split(' ');
		if (word === 'enter') {
			open.push(phase);
		} else if (word === 'leave') {
			open.splice(open.lastIndexOf(phase), 1);
		}
	}
	return open.at(-1) ?? 'between';
}

describe('kill -9', function () {
	this.timeout(kills * 4000);

	after(() => Window.killAll());

	it(`of ${kills} windows that write to one store loses nothing acknowledged and leaves nothing half [fault 1]`, async () => {
		const { folder, remove } = await temporaryFolder();
		const sqlJs = await loadSqlJs();
		const random = announcedRandom();
		const fell = new Map<string, number>();
		const dead: Window[] = [];
		const acknowledged = (windows: readonly Window[]) =>
			windows.flatMap(({ lines }) =>
				lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4)),
			);
		let count = 0;
		const start = (halt: string) => {
			const window = new Window(folder, `w${++count}`, halt);
			window.send('write-on');
			return window;
		};
		/** Two in three stop themselves inside a phase, one in three is killed at a random moment. */
		const plan = () => (count % 3 === 0 ? '' : `${phases[count % phases.length]}:${1 + Math.floor(random() * 12)}`);

		const kill = async (window: Window) => {
			await window.kill();
			dead.push(window);
			const phase = phaseAtDeath(window.lines);
			fell.set(phase, (fell.get(phase) ?? 0) + 1);
		};

		const living = [start(''), start('')];
		await Promise.all(living.map((window) => window.next(/^ack/)));
		while (dead.length < kills) {
			const halt = plan();
			const victim = start(halt);
			if (halt === '') {
				await sleep(random() * 700, 'a moment by chance');
			} else {
				// A checkpoint may be the other window's for long: then the kill is a random one.
				await victim.next(/^halted/, 5000).catch(() => undefined);
			}
			await kill(victim);
			if (dead.length % 8 === 0) {
				await Promise.all(living.splice(0, 1).map(kill));
				living.push(start(''));
			}

			const expected = acknowledged([...dead, ...living]);
			const { database, damage } = await loadState(nodeFiles, folder, sqlJs);
			const rows = database.rows('SELECT draft_name, draft_content FROM auspex_prompt_drafts');
			database.close();
			assert.deepEqual(damage, []);
			const found = new Map(rows.map((row) => [row['draft_name'], row['draft_content']]));
			assert.deepEqual(
				expected.filter((attempt) => !found.has(attempt)),
				[],
				'acknowledged but lost',
			);
			for (const [attempt, text] of found) {
				assert.equal(text, textOf(String(attempt)), 'half');
			}
			assert.equal(found.size, rows.length, 'written twice');
		}
		await Promise.all(living.map((window) => window.kill()));
		await remove();
		const total = acknowledged([...dead, ...living]).length;
		console.log(
			`      ${dead.length} kills, ${total} acknowledged writes; kills by phase:`,
			Object.fromEntries(fell),
		);
		for (const phase of phases) {
			assert.ok((fell.get(phase) ?? 0) > 0, `no kill fell inside ${phase}`);
		}
		assert.ok(total > dead.length, `only ${total} writes were acknowledged`);
	});
});
