import * as l10n from '@vscode/l10n';
import type { CommandSpec } from '../commandSpec.ts';
import { completionScript } from '../completionScript.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Arguments } from '../parseArguments.ts';
import { shells } from '../shells.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';

/** `prompt-workshop completion` */
export async function completion(
	{ operands }: Arguments,
	{ out }: Terminal,
	commands: readonly CommandSpec[],
): Promise<number> {
	const shell = shells.find((name) => name === operands[0]);
	if (!shell || operands.length > 1) {
		throw usageError(l10n.t('completion takes the name of a shell: {0}', shells.join(', ')));
	}
	out(completionScript(shell, commands));
	return exitCodes.fine;
}
