import { parseJson } from './json.ts';
import type { SentRequest } from './provider.ts';

/** The shells that a command can be made for. They read the same text differently, so that there is none for all. */
export const curlShells = ['posix', 'powershell', 'cmd'] as const;
export type CurlShell = (typeof curlShells)[number];

/** What masked values of headers are in a command, so that it works once the key is in the environment. */
const masked = '***';
/** The longest line that cmd.exe takes, and a little room. */
const longestCmdLine = 8000;

/**
 * The request as a curl command for a shell, with the environment's `API_KEY` in place of the masked key. Whatever stands in
 * the request is data for that shell and nothing that it runs. Undefined where the shell cannot take it: cmd.exe has a limit.
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
			return command !== undefined && command.length <= longestCmdLine ? command : undefined;
		}
	}
}

/** Nothing is special between single quotes, so the variable stands between two of them. */
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
 * Everything goes through the input of curl as its configuration: PowerShell takes a here-string as it is up to a line that
 * begins with `'@`, which no line here does, while quotes in arguments are lost in most of its versions. The variable needs
 * curl 8.3, as Windows has it.
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

/** Every character that cmd.exe acts on has its caret, the quotes too, so that it never begins a quoted text of its own. */
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
 * The same JSON in letters that survive every code page, and with no character in its texts that a shell acts on. Outside of
 * texts JSON has none of these characters, so they can be replaced where they stand. Undefined for what is no JSON.
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
