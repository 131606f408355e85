import type { OptionSpec } from './optionSpec.ts';
import type { Arguments } from './parseArguments.ts';
import type { Terminal } from './terminal.ts';

export interface CommandSpec {
	name: string;
	summary: () => string;
	/** What follows the name, as in help: `<suite..>`. */
	operands: string;
	options: readonly OptionSpec[];
	/** Command lines without the program's name, and what they do. */
	examples: readonly { line: string; does: () => string }[];
	/** Completion of the operands. */
	completes: 'suites' | 'files' | readonly string[];
	/** Loaded when the command is called: the first line of help must not wait for it. */
	load: () => Promise<CommandRun>;
}

/** Runs a command and resolves to the exit code. It is given the list of all commands, which imports it. */
export type CommandRun = (parsed: Arguments, terminal: Terminal, commands: readonly CommandSpec[]) => Promise<number>;
