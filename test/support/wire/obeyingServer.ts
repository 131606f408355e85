import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { chatScript } from './scripts.ts';

interface ChatMessage {
	role: string;
	content: string;
}

export interface ObeyingServer {
	/** With the version, as a setting names it. */
	baseUrl: string;
	/** The system prompts that were sent, in their order. */
	prompts: string[];
	stop: () => Promise<void>;
}

/** A chat completions server on this machine whose model answers with what a function makes of its system prompt. */
export async function startObeyingServer(answer: (system: string) => string): Promise<ObeyingServer> {
	const prompts: string[] = [];
	const server = createServer((request, response) => {
		void textOf(request).then((body) => {
			const { messages } = JSON.parse(body) as { messages: ChatMessage[] };
			const system = messages.find(({ role }) => role === 'system')?.content ?? '';
			prompts.push(system);
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.end(
				chatScript({ text: answer(system) })
					.filter((piece) => typeof piece === 'string')
					.join(''),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		prompts,
		stop: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
