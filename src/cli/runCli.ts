import * as l10n from '@vscode/l10n';
import { isAppError, toAppError } from '../common/errors.ts';
import { nearestName } from '../common/nearestName.ts';
import { visibleText } from '../common/visibleText.ts';
import { commands } from './commands.ts';
import { exitCodes } from './exitCodes.ts';
import { commandHelp, overview, program } from './help.ts';
import { parseArguments } from './parseArguments.ts';
import type { Terminal } from './terminal.ts';
import { usageError } from './usageError.ts';

/** Words that ask for help; `help help` is the same as `help`. */
const asking: readonly string[] = ['help', '--help', '-h'];

/** Runs a command line (what follows the program's name) and resolves to the exit code. Never rejects. */
export async function runCli(written: readonly string[], terminal: Terminal, version: string): Promise<number> {
	try {
		return await dispatch(written, terminal, version);
	} catch (thrown) {
		const error = toAppError(thrown);
		if (error.code === 'cancelled') {
			return exitCodes.interrupted;
		}
		terminal.err(`${program}: ${visibleText(error.message)}\n`);
		return isAppError(error, 'internal') || isAppError(error, 'storage') ? exitCodes.errors : exitCodes.usage;
	}
}

async function dispatch(written: readonly string[], terminal: Terminal, version: string): Promise<number> {
	const [name, ...rest] = written;
	if (name === '--version' || name === 'version') {
		terminal.out(`${program} ${version}\n`);
		return exitCodes.fine;
	}
	const asksHelp = name === undefined || asking.includes(name);
	const wanted = asksHelp ? rest.find((one) => !asking.includes(one)) : name;
	if (wanted === undefined) {
		terminal.out(overview(commands));
		return name === undefined ? exitCodes.usage : exitCodes.fine;
	}
	const command = commands.find((one) => one.name === wanted);
	if (!command) {
		const near = nearestName(
			wanted,
			commands.map((one) => one.name),
		);
		throw usageError(
			near === undefined
				? l10n.t('There is no command "{0}". "{1} help" lists them', wanted, program)
				: l10n.t('There is no command "{0}". Did you mean "{1} {2}"?', wanted, program, near),
		);
	}
	if (asksHelp || rest.includes('--help') || rest.includes('-h')) {
		terminal.out(commandHelp(command));
		return exitCodes.fine;
	}
	const parsed = parseArguments(rest, command.options);
	return (await command.load())(parsed, terminal, commands);
}
