import { parseJson } from './json.ts';
import type { SentRequest } from './provider.ts';

/** The shells that a command can be made for. They parse text differently, so no command works in all of them. */
export const curlShells = ['posix', 'powershell', 'cmd'] as const;
export type CurlShell = (typeof curlShells)[number];

/** The mask in header values, which a command replaces by the environment's `API_KEY`. */
const masked = '***';
/** Just below the longest line that cmd.exe accepts. */
const maxCmdLine = 8000;

/**
 * The request as a curl command for a shell, with the environment's `API_KEY` in place of the masked key. To the shell,
 * everything in the request is data and nothing is executed. Undefined if the shell cannot run it: cmd.exe has a limit.
 */
export function toCurl(request: SentRequest, shell: CurlShell): string | undefined {
	if (!/^https?:/.test(request.url)) {
		const note = 'This model runs inside the editor: there is no HTTP request';
		return `${shell === 'cmd' ? 'rem' : '#'} ${note}`;
	}
	switch (shell) {
		case 'posix':
			return posix(request);
		case 'powershell':
			return powershell(request);
		case 'cmd': {
			const command = cmd(request);
			return command !== undefined && command.length <= maxCmdLine ? command : undefined;
		}
	}
}

/** Nothing is special within single quotes, so the quotes are closed around the variable. */
function posix({ method, url, headers, body }: SentRequest): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
	const lines = [`curl -N -X ${quoted(method)} ${quoted(url)}`];
	for (const [name, value] of Object.entries(headers)) {
		lines.push(`-H ${quoted(`${name}: ${value}`).replaceAll(masked, `'"$API_KEY"'`)}`);
	}
	if (body !== '') {
		lines.push(`--data-raw ${quoted(body)}`);
	}
	return lines.join(' \\\n  ');
}

/**
 * Everything is passed to curl's standard input as its configuration: PowerShell reads a here-string unchanged up to a line
 * that begins with `'@`, which no line here does, while most of its versions lose quotes in arguments. The variable needs
 * curl 8.3, which Windows has.
 */
function powershell({ method, url, headers, body }: SentRequest): string | undefined {
	const text = body === '' ? '' : asciiJson(body);
	if (text === undefined) {
		return undefined;
	}
	const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\r\n]/g, ' ')}"`;
	const lines = ['no-buffer', `request = ${quoted(method)}`, `url = ${quoted(url)}`];
	if (Object.values(headers).some((value) => value.includes(masked))) {
		lines.push('variable = "%API_KEY"');
	}
	for (const [name, value] of Object.entries(headers)) {
		const header = `${name}: ${value}`;
		lines.push(
			value.includes(masked)
				? `expand-header = ${quoted(header.replaceAll('{{', '\\{{').replaceAll(masked, '{{API_KEY}}'))}`
				: `header = ${quoted(header)}`,
		);
	}
	if (text !== '') {
		lines.push(`data-raw = ${quoted(text)}`);
	}
	return `@'\n${lines.join('\n')}\n'@ | curl.exe --config -`;
}

/** Every character that is special to cmd.exe is escaped with a caret, including quotes, so that cmd.exe never sees a quoted text. */
function cmd({ method, url, headers, body }: SentRequest): string | undefined {
	const text = body === '' ? '' : asciiJson(body);
	if (text === undefined) {
		return undefined;
	}
	const quoted = (value: string) => {
		const argument = `"${value
			.replaceAll(/[\r\n]/g, ' ')
			.replaceAll(/(\\*)"/g, '$1$1\\"')
			.replace(/(\\+)$/, '$1$1')}"`;
		return argument.replaceAll(/[()%!^"<>&|]/g, '^$&');
	};
	const parts = [`curl.exe -N -X ${quoted(method)} ${quoted(url)}`];
	for (const [name, value] of Object.entries(headers)) {
		parts.push(`-H ${quoted(`${name}: ${value}`).replaceAll(masked, '%API_KEY%')}`);
	}
	if (text !== '') {
		parts.push(`--data-raw ${quoted(text)}`);
	}
	return parts.join(' ');
}

/**
 * The same JSON in ASCII, which survives every code page, and without characters in its strings that are special to a shell.
 * JSON has these characters only in strings, so they can be replaced directly. Undefined if the text is not JSON.
 */
function asciiJson(text: string): string | undefined {
	if (parseJson(text) === undefined) {
		return undefined;
	}
	const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return text
		.replaceAll(/[\t\r\n]/g, ' ')
		.replaceAll(/\\(["\\])/g, (_pair, character: string) => code(character))
		.replaceAll(/[^ -~]|[&|<>^%!()'`$@;]/g, code);
}
