import * as l10n from '@vscode/l10n';
import { chatExportMessages, isChatExport } from './copilot/chatExport.ts';
import type { Format, ImportedDraft } from './imported.ts';
import { conversationOf, fixturesOf, type LabelledConversation } from './messages/fixtureText.ts';
import { recordedDrafts } from './messages/recordedDrafts.ts';
import { usageNote } from './messages/usageNote.ts';
import { withoutPrefixes } from './messages/withoutPrefixes.ts';
import { functionTools } from './openai/promptObject.ts';
import { Findings } from './reading/findings.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, type Fields } from './reading/values.ts';

/** Roles of the log, which are numbers in some versions. */
const roles = ['system', 'user', 'assistant', 'tool'];

/** What *Export All Prompt Logs as JSON* of Copilot Chat and *Export Chat…* of VS Code write. */
export const copilotLog: Format = {
	id: 'copilot-log',
	label: 'Copilot prompt logs and chats',
	detect({ json }) {
		if (isChatExport(json)) {
			return 0.95;
		}
		return isRecord(json) && recordsOf(json['prompts']).some(({ logs }) => Array.isArray(logs)) ? 0.95 : 0;
	},
	read(file) {
		const findings = new Findings();
		const json = file.requireJson() as Fields;
		if (isChatExport(json)) {
			const chat = conversationOf(chatExportMessages(json, findings), file.stem, findings);
			const fixtures = fixturesOf(file.stem, 'Copilot Chat', chat);
			return { format: 'copilot-log', drafts: [], suites: [], fixtures, report: findings.report() };
		}
		const details = new Map<LabelledConversation, Fields>();
		const found: LabelledConversation[] = [];
		let hasUsage = false;
		for (const [index, prompt] of recordsOf(json['prompts']).entries()) {
			for (const log of recordsOf(prompt['logs'])) {
				if (log['kind'] === 'request') {
					hasUsage ||= isRecord(log['metadata']) && isRecord(log['metadata']['usage']);
					const label = `${index + 1}: ${(scalarText(prompt['prompt']) ?? '').replace(/\s+/g, ' ').slice(0, 60)}`;
					for (const conversation of conversationOf(messagesOf(log), label, findings)) {
						details.set(conversation, log);
						found.push(conversation);
					}
				} else if (log['kind'] === 'error') {
					findings.kept(
						scalarText(log['name']) ?? 'error',
						scalarText(log['error']) ?? l10n.t('A request failed'),
					);
				}
			}
		}
		const conversations = withoutPrefixes(found);
		if (conversations.length < found.length) {
			findings.dropped(
				l10n.t('{0} requests', found.length - conversations.length),
				l10n.t('Each only is the beginning of another one'),
			);
		}
		usageNote(hasUsage, findings);
		findings.dropped(
			l10n.t('elements of prompts'),
			l10n.t('How the editor put a prompt together is not taken over, nor its marks for caches'),
		);
		return {
			format: 'copilot-log',
			drafts: recordedDrafts(file.stem, conversations, findings, (one) =>
				detailsOf(details.get(one) ?? {}, findings),
			),
			suites: [],
			fixtures: fixturesOf(file.stem, 'Copilot Chat', conversations),
			report: findings.report(),
		};
	},
};

/** The messages of a request with its answer, in the form of chat APIs. */
function messagesOf(log: Fields): Fields[] {
	const request = isRecord(log['requestMessages']) ? recordsOf(log['requestMessages']['messages']) : [];
	const messages = request.map((message): Fields => ({
		role: typeof message['role'] === 'number' ? (roles[message['role']] ?? '') : message['role'],
		content: contentOf(message['content']),
		...(Array.isArray(message['toolCalls']) && { tool_calls: message['toolCalls'] }),
		...(message['toolCallId'] !== undefined && { tool_call_id: message['toolCallId'] }),
	}));
	const response = isRecord(log['response']) ? log['response'] : {};
	const answer = listOf(response['message']).map(asText).join('') || (scalarText(response['value']) ?? '');
	const thinking = isRecord(log['thinking']) ? asText(log['thinking']['text']) : '';
	if (answer !== '' || thinking !== '') {
		messages.push({ role: 'assistant', content: answer, ...(thinking !== '' && { reasoning: thinking }) });
	}
	return messages;
}

/** Type 1 is text and type 3 a mark for caches; text types are as in other APIs. */
function contentOf(content: unknown): unknown {
	if (!Array.isArray(content)) {
		return content;
	}
	return recordsOf(content).flatMap((part) =>
		part['type'] === 3 || part['type'] === 'cache_control'
			? []
			: [
					typeof part['type'] === 'number' && typeof part['text'] === 'string'
						? { type: 'text', text: part['text'] }
						: part,
				],
	);
}

function detailsOf(log: Fields, findings: Findings): Partial<ImportedDraft> {
	const metadata = isRecord(log['metadata']) ? log['metadata'] : {};
	const model = scalarText(metadata['model']);
	const options = isRecord(metadata['postOptions']) ? metadata['postOptions'] : {};
	const parameters = Object.entries(options).filter(([name]) =>
		['temperature', 'top_p', 'max_tokens'].includes(name),
	);
	return {
		...(model !== undefined && { model }),
		...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
		tools: functionTools(metadata['tools'], findings),
	};
}
