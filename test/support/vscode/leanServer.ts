import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InstalledServer } from './installServer.ts';

/** The built-in extensions that our files and colours meet: JSON, Markdown and YAML, VS Code's themes and icons. */
const needed = [
	'configuration-editing',
	'json',
	'json-language-features',
	'markdown-basics',
	'markdown-language-features',
	'prompt-basics',
	'theme-defaults',
	'theme-modern-icons',
	'theme-seti',
	'yaml',
];

/** Copilot's agent starts a process of its own beside each server. */
export const leanSettings = {
	'chat.disableAIFeatures': true,
	'workbench.reduceMotion': 'on',
	'editor.cursorBlinking': 'solid',
};

/**
 * Arguments for a server whose windows open in two thirds of the time: with the few built-in extensions that are needed, and
 * without a login shell that is asked for its environment. `folder` gets links to the extensions, unless it has them from a
 * server before.
 */
export async function leanArguments({ main }: InstalledServer, folder: string): Promise<string[]> {
	if (!existsSync(folder)) {
		await mkdir(folder, { recursive: true });
		for (const name of needed) {
			await symlink(join(dirname(main), '..', 'extensions', name), join(folder, name), 'junction');
		}
	}
	return ['--builtin-extensions-dir', folder, '--force-disable-user-env'];
}
