import assert from 'node:assert/strict';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const text =
	'You answer letters of customers, and you are kind. Name what you do not know, and promise nothing that is not in the list.';

describe('a workspace that was opened through a link', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	/** The workspace as VS Code names it. */
	let link: string;

	before(async () => {
		driven = await startDrivenSession();
		link = join(driven.folder, 'link');
		await symlink(driven.session.workspace, link);
		workbench = await driven.session.openWindow({ folder: link });
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	it('has linked files, whichever way they are named', async () => {
		for (const [index, folder] of [link, driven.session.workspace].entries()) {
			const name = `letters_${index}`;
			await writeFile(join(driven.session.workspace, `${name}.md`), `${text}\n`);
			const { drafts } = (await driven.driver.api('importFile', join(folder, `${name}.md`), {})) as {
				drafts: number[];
			};
			const [draftId = 0] = drafts;
			const linked = await driven.driver.api('linkFile', draftId, pathToFileURL(join(folder, `${name}.md`)).href);
			assert.deepEqual(linked, { draftId, uri: pathToFileURL(join(link, `${name}.md`)).href });
			await driven.driver.api('updateDraft', draftId, { draftContent: `${text} Be brief.` });
			await driven.driver.api('commitDraft', draftId, { name, title: 'Letters' });
			assert.equal(await readFile(join(driven.session.workspace, `${name}.md`), 'utf8'), `${text} Be brief.\n`);
		}
	});
});
