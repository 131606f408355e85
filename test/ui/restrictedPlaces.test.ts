import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const refusal = 'This workspace is not trusted, so files cannot be imported from it or written to it.';

/** Every way to write the path of something in an untrusted workspace that does not look like one. */
describe('disguised places in a restricted workspace [attack 21]', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	/** Outside the workspace, with a link into it. */
	let outside: string;

	before(async () => {
		driven = await startDrivenSession({ workspaceTrust: true });
		outside = join(driven.folder, 'outside');
		await mkdir(outside);
		await symlink(driven.session.workspace, join(outside, 'link'));
		await symlink(join(driven.session.workspace, 'made.db'), join(outside, 'made.db'));
		await writeFile(join(driven.session.workspace, 'workshop.json'), '{}');
		workbench = await driven.session.openWindow({ folder: driven.session.workspace, trust: false });
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	/** Places that lead to `name` in the workspace. */
	function disguised(name: string): string[] {
		const { workspace } = driven.session;
		const within = `${basename(workspace)}/${name}`;
		const parent = pathToFileURL(join(workspace, '..')).href;
		return [
			join(workspace, name),
			`${outside}/../outside/link/${name}`,
			`${join(workspace, '..')}/nowhere/../${within}`,
			`${parent}/nowhere/../${within}`,
			`${parent}/nowhere/%2e%2e/${within}`,
			`${parent}/nowhere%2f..%2f${within}`,
			pathToFileURL(join(outside, 'link', name)).href,
			join(outside, 'link', 'articles', '..', name),
		];
	}

	const written = () => readdir(driven.session.workspace, { recursive: true });
	const refused = (call: Promise<unknown>, place: string) =>
		assert.rejects(call, (error: Error) => error.message.startsWith(refusal), place);

	async function refusedCommand(id: string, ...parameters: unknown[]): Promise<void> {
		assert.equal(await driven.run(id, ...parameters), undefined, `${id} ${JSON.stringify(parameters)}`);
		await workbench.notification(refusal).first().waitFor();
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.notification(/./).first().waitFor({ state: 'detached' });
	}

	it('nothing is exported to one', async () => {
		const before = await written();
		for (const place of [...disguised('export.db'), join(outside, 'made.db')]) {
			await refused(driven.driver.api('exportDatabase', place, {}), place);
			await refused(driven.driver.api('exportDatabase', place, { overwrite: true }), place);
		}
		for (const place of [disguised('export.db')[1], disguised('export.db')[4], join(outside, 'made.db')]) {
			await refusedCommand('exportDatabase', place);
		}
		await refusedCommand('exportAllData', join(outside, 'link'));
		assert.deepEqual(await written(), before);
	});

	it('nothing is imported from one', async () => {
		for (const place of disguised('articles')) {
			await refused(driven.driver.api('importTopic', 'Disguised', place, {}), place);
		}
		await refusedCommand('importTopic', 'Disguised', join(outside, 'link', 'articles'));
		await refusedCommand('importData', disguised('workshop.json')[4]);
		assert.deepEqual(await driven.driver.api('listTopics'), []);
	});

	it('a file elsewhere is replaced only by a program that says so', async () => {
		const file = join(outside, 'copy.db');
		await writeFile(file, 'precious');
		await assert.rejects(driven.driver.api('exportDatabase', file, {}), /copy\.db already exists/);
		assert.equal(await readFile(file, 'utf8'), 'precious');
		await driven.driver.api('exportDatabase', pathToFileURL(file).href, { overwrite: true });
		assert.match(await readFile(file, 'latin1'), /^SQLite format 3\0/);
		await driven.driver.api('exportDatabase', join(outside, 'new.db'), {});
		assert.ok(existsSync(join(outside, 'new.db')));
	});
});
