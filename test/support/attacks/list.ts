export type Level = 'unit' | 'host' | 'ui';
export type ThreatKind = 'attack' | 'fault';

/** One kind of attack or fault. Tests name theirs by a tag in the title: `[attack 4]`, `[fault 12]`. */
export interface Threat {
	number: number;
	/** What the tests try, and what has to come of it. */
	tried: string;
	/** Where a test must have passed: in Node, inside VS Code's extension host, in a browser. */
	levels: readonly Level[];
	/** What these tests do not try, and why. */
	notHere?: string;
}

export const attacks: readonly Threat[] = [
	{
		number: 1,
		tried: 'settings of a workspace name addresses, proxies, headers or providers: ignored',
		levels: ['unit', 'ui'],
	},
	{ number: 2, tried: 'a file carries an address, a key or headers: dropped', levels: ['unit'] },
	{ number: 3, tried: 'another origin, redirects and look-alike hosts: the key is not sent', levels: ['unit'] },
	{ number: 4, tried: 'a model writes what would load or send something: shown as text, no request', levels: ['ui'] },
	{ number: 5, tried: 'the same in names, history, titles and exports', levels: ['ui'] },
	{ number: 6, tried: 'scripts, event handlers, hostile nesting: nothing runs, nothing hangs', levels: ['ui'] },
	{ number: 7, tried: 'links that run commands or open files: not clickable', levels: ['unit', 'ui'] },
	{ number: 8, tried: 'forged messages of a webview: refused, no change', levels: ['unit', 'ui'] },
	{ number: 9, tried: 'hostile files to import: a clear error or a skipped row', levels: ['unit'] },
	{
		number: 10,
		tried: 'templates and patterns that compute or loop: inert',
		levels: ['unit'],
		notHere: 'templates with variables: the product fills none in yet',
	},
	{ number: 11, tried: 'a known key is searched in everything that is written or shown', levels: ['unit', 'ui'] },
	{ number: 12, tried: 'a text tells the assistant to act: writing needs a click', levels: ['unit'] },
	{ number: 13, tried: 'an untrusted workspace: commands that are called by id refuse', levels: ['host', 'ui'] },
	{ number: 14, tried: 'export paths made of draft names: inside the chosen folder', levels: ['unit', 'host'] },
	{
		number: 15,
		tried: 'what the package holds, and what is sent at the start: nothing',
		levels: ['host'],
		notHere: 'the network of VS Code itself: only what this extension host connects to is seen',
	},
	{
		number: 16,
		tried: 'links in the words of others in VS Code’s messages and inputs: broken',
		levels: ['unit', 'ui'],
	},
	{ number: 17, tried: 'a workspace chooses the model or what it costs: not taken, or confirmed', levels: ['unit'] },
	{ number: 18, tried: 'environment variables and tracers of the SDKs: off', levels: ['unit'] },
	{ number: 19, tried: 'records that carry what is sent and not shown: dropped', levels: ['unit'] },
	{ number: 20, tried: 'a server that lies about numbers and sizes: bounded and linear', levels: ['unit'] },
	{
		number: 21,
		tried: 'reading by a remembered place or a link: trust is checked where it leads',
		levels: ['unit', 'host', 'ui'],
	},
	{ number: 22, tried: 'one bad record: skipped with a reason, the rest is read', levels: ['unit'] },
	{ number: 23, tried: 'rights of files and sockets, forged claims, inflated files', levels: ['unit'] },
	{
		number: 24,
		tried: 'text that is pasted into shells and spreadsheets: escaped',
		levels: ['unit'],
		notHere: 'PowerShell and cmd.exe: not on this machine',
	},
	{ number: 25, tried: 'forged lines of the log: one bounded, visible line', levels: ['unit'] },
	{ number: 26, tried: 'each defence taken away: a test fails (npm run test:mutants)', levels: ['unit'] },
	{ number: 27, tried: 'licences of everything that is bundled: in the package', levels: ['host'] },
	{
		number: 31,
		tried: 'code and expressions of a suite: reach nothing, stop at limits of memory, stack and time',
		levels: ['unit'],
	},
	{ number: 28, tried: 'the results of a batch at a foreign address: not fetched', levels: ['unit'] },
];

export const faults: readonly Threat[] = [
	{
		number: 1,
		tried: 'the host is killed at each step of a save: nothing acknowledged is lost',
		levels: ['unit'],
		notHere: 'all 500 kills: npm run test:crash makes them',
	},
	{ number: 2, tried: 'full disk, failing write, sync and rename: reported, retried', levels: ['unit', 'ui'] },
	{ number: 3, tried: 'a read-only folder: shown as such, exports work', levels: ['unit', 'ui'] },
	{ number: 4, tried: 'missing, empty, cut and flipped files: never silently empty', levels: ['unit', 'ui'] },
	{ number: 5, tried: 'two windows on one store, a dead and a silent owner: no lost update', levels: ['unit', 'ui'] },
	{ number: 6, tried: 'the clock goes back or leaps: order and durations hold', levels: ['unit'] },
	{ number: 7, tried: 'reload, restart and hiding while an answer streams', levels: ['unit', 'ui'] },
	{ number: 8, tried: 'cancelling at every moment: the connection closes, the partial is kept', levels: ['unit'] },
	{ number: 9, tried: 'a connection that drops: never shown as complete', levels: ['unit'] },
	{ number: 10, tried: 'every error status: message, action and bounded retries', levels: ['unit'] },
	{ number: 11, tried: 'every framing of an event stream: the same result', levels: ['unit'] },
	{
		number: 12,
		tried: 'silence with and without pings',
		levels: ['unit'],
		notHere: 'silences of two minutes: the clocks of the tests are shorter',
	},
	{ number: 13, tried: 'answers of 10 MB and 100,000 pieces: no long task', levels: ['unit', 'ui'] },
	{
		number: 14,
		tried: 'thousands of drafts, results and fixtures',
		levels: ['unit'],
		notHere: 'times: npm run bench measures them',
	},
	{ number: 15, tried: 'older, newer and half-migrated stores', levels: ['unit'] },
	{
		number: 16,
		tried: 'a secret storage that throws, is locked or empty',
		levels: ['unit'],
		notHere: 'a real keychain that is locked: its errors are given by the test',
	},
	{ number: 17, tried: 'the database engine fails: opened anew from disk', levels: ['unit'] },
];

export const threats: Record<ThreatKind, readonly Threat[]> = { attack: attacks, fault: faults };

/** The numbers of a kind that a title, or a source with titles in it, is tagged with. */
export function taggedNumbers(kind: ThreatKind, text: string): number[] {
	return [...text.matchAll(new RegExp(`\\[${kind} (\\d+)\\]`, 'g'))].map(([, number]) => Number(number));
}
