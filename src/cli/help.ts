import * as l10n from '@vscode/l10n';
import type { CommandSpec } from './commandSpec.ts';
import type { OptionSpec } from './optionSpec.ts';

export const program = 'prompt-workshop';

/** The page of all commands. */
export function overview(commands: readonly CommandSpec[]): string {
	const first = commands[0]?.examples.slice(0, 1) ?? [];
	const examples = [...commands.filter(({ name }) => name === 'init').flatMap(({ examples: all }) => all), ...first];
	return [
		l10n.t('{0}: tests prompts with suites of cases', program),
		'',
		...rows(commands.map(({ name, operands, summary }) => [`  ${program} ${name} ${operands}`, summary()])),
		'',
		l10n.t('Examples'),
		...exampleLines(examples),
		'',
		l10n.t('"{0} help COMMAND" shows the options of a command. Exit codes:', program),
		...exitCodeLines(),
		'',
	].join('\n');
}

/** The page of one command. */
export function commandHelp({ name, operands, summary, options, examples }: CommandSpec): string {
	return [
		`${program} ${name} ${operands}: ${summary()}`,
		'',
		l10n.t('Examples'),
		...exampleLines(examples),
		'',
		l10n.t('Options'),
		...rows(options.map((option) => [`  ${optionForm(option)}`, option.summary()])),
		...(name === 'run' || name === 'grade'
			? ['', l10n.t('Keys come from the environment: ANTHROPIC_API_KEY, OPENAI_API_KEY, <ID>_API_KEY.')]
			: []),
		'',
	].join('\n');
}

function exitCodeLines(): string[] {
	return rows([
		['  0', l10n.t('everything holds')],
		['  1', l10n.t('a case failed, a rate is below --fail-under, or --fail-on-regression found a run worse')],
		['  2', l10n.t('wrong options, files or keys; nothing was asked')],
		['  3', l10n.t('trials ended in an error, so there is no verdict about them')],
		['  4', l10n.t('the limit of cost or requests was reached')],
		['  130', l10n.t('Ctrl+C; --resume goes on')],
	]);
}

function optionForm({ name, value }: OptionSpec): string {
	return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function exampleLines(examples: CommandSpec['examples']): string[] {
	return examples.flatMap(({ line, does }) => [`  ${program} ${line}`, `      ${does()}`]);
}

/** Two columns; a long first one takes a line of its own. */
function rows(pairs: readonly (readonly [string, string])[]): string[] {
	const width = 32;
	return pairs.flatMap(([left, right]) =>
		left.length < width ? [`${left.padEnd(width)}${right}`] : [left, `${' '.repeat(width)}${right}`],
	);
}
