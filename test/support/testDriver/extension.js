import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

const changed = new vscode.EventEmitter();
let sessions = [];
let failing = false;
let aborted = new AbortController();
/** Resolved once a call has the present signal: `abort` may overtake the call on its way here. */
let begun = Promise.withResolvers();

const accountProvider = {
	onDidChangeSessions: changed.event,
	getSessions: async () => {
		if (failing) {
			throw new Error('the account service is down');
		}
		return sessions;
	},
	createSession: async () => {
		throw new Error('nobody signs in here');
	},
	removeSession: async () => undefined,
};

const actions = {
	command: ({ id, parameters }) => vscode.commands.executeCommand(id, ...parameters),
	/** A member of the extension's API; a stream of parts is collected. `abortable`: its options get a signal. */
	async api({ member, parameters, abortable }) {
		const api = await vscode.extensions.getExtension('auspex.prompt-workshop').activate();
		const options = abortable ? [{ ...parameters.at(-1), signal: aborted.signal }] : [];
		const called = api[member](...parameters.slice(0, parameters.length - options.length), ...options);
		if (abortable) {
			begun.resolve();
		}
		const result = await called;
		if (result?.[Symbol.asyncIterator] === undefined) {
			return result;
		}
		const parts = [];
		for await (const part of result) {
			parts.push(part);
		}
		return parts;
	},
	/** Ends the signal of all calls that are abortable, as soon as there is one; the next ones get another. */
	async abort() {
		await begun.promise;
		begun = Promise.withResolvers();
		aborted.abort();
		aborted = new AbortController();
	},
	async configure({ key, value }) {
		await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
	},
	/** Who is signed in to the provider `test-accounts`, and whether it fails. */
	async accounts({ labels, fails }) {
		const removed = sessions;
		failing = fails;
		sessions = labels.map((label) => ({
			id: `session of ${label}`,
			accessToken: 'none',
			account: { id: `id of ${label}`, label },
			scopes: [],
		}));
		changed.fire({ added: sessions, removed, changed: [] });
	},
};

async function body(request) {
	let text = '';
	for await (const chunk of request) {
		text += chunk;
	}
	return JSON.parse(text);
}

/** Listens on the loopback interface and leaves its port in the file that TEST_DRIVER_FILE names. */
export function activate(context) {
	const server = createServer(async (request, response) => {
		let answer;
		try {
			const { action, ...given } = await body(request);
			answer = { result: await actions[action](given) };
		} catch (error) {
			answer = { error: error.message };
		}
		response.end(JSON.stringify(answer));
	});
	server.listen(0, '127.0.0.1', () => writeFileSync(process.env.TEST_DRIVER_FILE, String(server.address().port)));
	context.subscriptions.push(
		{ dispose: () => server.close() },
		vscode.authentication.registerAuthenticationProvider('test-accounts', 'Test accounts', accountProvider, {
			supportsMultipleAccounts: true,
		}),
	);
}
