import type { Format } from './imported.ts';
import { captureText } from './capture/all.ts';
import { areMessages } from './capture/chatMessages.ts';
import { fixturesOf } from './messages/fixtureText.ts';
import { recordedDrafts } from './messages/recordedDrafts.ts';
import { Findings } from './reading/findings.ts';
import { isRecord, recordsOf } from './reading/values.ts';

function isShared(value: unknown): boolean {
	return isRecord(value) && recordsOf(value['conversations']).some(({ from }) => typeof from === 'string');
}

/** Messages with roles and texts or parts: a list of them, or `{messages}` as in files for fine-tuning. */
function isChat(value: unknown): boolean {
	const messages = recordsOf(isRecord(value) ? value['messages'] : value);
	return messages.length > 0 && messages.every(({ role }) => typeof role === 'string') && areMessages(messages);
}

/** Conversations of ShareGPT and of OpenAI's messages: one, a list of them, or JSON Lines. */
export const sharegpt: Format = {
	id: 'sharegpt',
	label: 'Conversations (ShareGPT, OpenAI messages)',
	detect({ json, firstLine }) {
		if (isShared(json) || isShared(firstLine) || (Array.isArray(json) && isShared(json[0]))) {
			return 0.95;
		}
		if (isChat(json === undefined ? firstLine : Array.isArray(json) ? json[0] : undefined)) {
			return 0.6;
		}
		// A single one may also be the request of a provider, or the prompt of another format.
		return isChat(json) ? 0.3 : 0;
	},
	selectLine: (line) => line,
	read(file) {
		const findings = new Findings();
		const { format, conversations, report } = captureText(file.text);
		findings.addAll(report);
		const labelled = conversations.map((conversation, index) => ({ ...conversation, label: String(index + 1) }));
		return {
			format: 'sharegpt',
			drafts: recordedDrafts(file.stem, labelled, findings),
			suites: [],
			fixtures: fixturesOf(file.stem, format === 'sharegpt' ? 'ShareGPT' : 'OpenAI messages', labelled),
			report: findings.report(),
		};
	},
};
