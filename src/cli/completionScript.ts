import type { CommandSpec } from './commandSpec.ts';
import type { OptionSpec } from './optionSpec.ts';
import { program } from './help.ts';
import type { Shell } from './shells.ts';

/** A script for a shell that completes commands, options, their values and files. It is generated from the same list as help. */
export function completionScript(shell: Shell, commands: readonly CommandSpec[]): string {
	return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands);
}

function bashScript(commands: readonly CommandSpec[]): string {
	const functionName = `_${program.replaceAll('-', '_')}`;
	return `${functionName}() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
	if [ "$COMP_CWORD" -eq 1 ]; then
		words='${[...commands.map(({ name }) => name), 'help', '--version'].join(' ')}'
	else
		case "\${COMP_WORDS[1]}:$previous" in
${commands.flatMap((command) => command.options.filter(({ value }) => value !== undefined).map((option) => bashValue(command, option))).join('\n')}
		${commands.map(bashOptions).join('\n\t\t')}
		esac
	fi
	if [ -n "$words" ]; then
		COMPREPLY=($(compgen -W "$words" -- "$current"))
	fi
}
complete -o default -F ${functionName} ${program}
`;
}

function bashValue({ name }: CommandSpec, { name: option, choices }: OptionSpec): string {
	const words = choices === undefined || choices === 'files' ? '' : choices.join(' ');
	return `\t\t${name}:--${option}) words='${words}' ;;`;
}

function bashOptions({ name, options, completes }: CommandSpec): string {
	const words = typeof completes === 'string' ? [] : completes;
	const dashed = options.map((option) => `--${option.name}`);
	return words.length > 0
		? `${name}:*) words='${[...words, ...dashed].join(' ')}' ;;`
		: `${name}:*) case "$current" in -*) words='${dashed.join(' ')}' ;; esac ;;`;
}

function zshScript(commands: readonly CommandSpec[]): string {
	const cases = commands.map(({ name, options, completes }) => {
		const specs = options.map((option) => `'${zshOption(option)}'`);
		const operand = typeof completes === 'string' ? `'*:file:_files'` : `'1:value:(${completes.join(' ')})'`;
		return `\t\t${name}) _arguments -s ${[...specs, operand].join(' ')} ;;`;
	});
	return `#compdef ${program}
_${program}() {
	local -a commands
	commands=(${commands.map(({ name, summary }) => `'${name}:${quoted(summary())}'`).join(' ')})
	if (( CURRENT == 2 )); then
		_describe command commands
		return
	fi
	local command=$words[2]
	shift words
	(( CURRENT-- ))
	case $command in
${cases.join('\n')}
	esac
}
compdef _${program} ${program}
`;
}

function zshOption({ name, value, summary, choices, multiple }: OptionSpec): string {
	const text = quoted(summary()).replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:');
	const start = `${multiple ? '*' : ''}--${name}[${text}]`;
	if (value === undefined) {
		return start;
	}
	const action = choices === 'files' ? '_files' : choices ? `(${choices.join(' ')})` : ' ';
	return `${start}:${name}:${action}`;
}

function fishScript(commands: readonly CommandSpec[]): string {
	const none = `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`;
	return `${commands
		.flatMap(({ name, summary, options, completes }) => {
			const inside = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`;
			return [
				`complete -c ${program} -f -n '${none}' -a ${name} -d '${quoted(summary())}'`,
				...(typeof completes === 'string' ? [] : [`${inside} -f -a '${completes.join(' ')}'`]),
				...options.map((option) => `${inside} ${fishOption(option)}`),
			];
		})
		.join('\n')}\n`;
}

function fishOption({ name, value, summary, choices }: OptionSpec): string {
	const text = `-l ${name} -d '${quoted(summary())}'`;
	if (value === undefined) {
		return text;
	}
	return choices === 'files' ? `${text} -r -F` : choices ? `${text} -x -a '${choices.join(' ')}'` : `${text} -x`;
}

/** For a text between single quotes in each of the shells. */
function quoted(text: string): string {
	return text.replaceAll("'", '’');
}
