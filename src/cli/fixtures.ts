import * as l10n from '@vscode/l10n';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FixtureMessage } from '../common/api.ts';
import { AppError, isAppError } from '../common/errors.ts';
import { parseFixture } from '../lab/parseFixture.ts';

const skipped = new Set(['node_modules', '.git', '.prompt-workshop']);

/**
 * The messages of a recorded conversation: of the fixture with this name in `*.fixture.json` or `.promptworkshop/fixtures`
 * below the folder. Rejects with `not-found`.
 */
export async function readConversation(
	folder: string,
	fixture: string,
	section?: string,
	label?: string,
): Promise<FixtureMessage[]> {
	for (const path of await fixtureFiles(folder)) {
		const found = await fixtureOf(path);
		if (found?.name !== fixture && basename(path) !== fixture && path !== fixture) {
			continue;
		}
		const conversation = found?.sections
			.filter(({ name }) => section === undefined || name === section)
			.flatMap(({ conversations }) => conversations)
			.find((one) => label === undefined || one.label === label);
		if (conversation) {
			return conversation.messages;
		}
	}
	throw new AppError(
		'not-found',
		l10n.t("There is no conversation '{0}' in the fixtures below {1}", fixture, folder),
		{
			info: { field: 'suite' },
		},
	);
}

async function fixtureOf(path: string) {
	try {
		return parseFixture(await readFile(path), path);
	} catch (error) {
		if (isAppError(error, 'validation')) {
			return undefined;
		}
		throw error;
	}
}

/** All files below a folder in which `readConversation` looks. */
export async function fixtureFiles(folder: string): Promise<string[]> {
	const found: string[] = [];
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !skipped.has(entry.name)) {
			found.push(...(await fixtureFiles(path)));
		} else if (/\.fixture\.json$/.test(entry.name) || /\.promptworkshop[\\/]fixtures[\\/].*\.json$/.test(path)) {
			found.push(path);
		}
	}
	return found;
}
