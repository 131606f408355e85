import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { chatDraft } from './messages/chatDraft.ts';
import { conversationOf, fixturesOf } from './messages/fixtureText.ts';
import { functionTools } from './openai/promptObject.ts';
import { csvHeader, csvRows } from './reading/csvRows.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { safeParameters } from './reading/parameters.ts';
import { isRecord, listOf, recordsOf, scalarText, type Fields } from './reading/values.ts';
import { suiteText } from './suiteText.ts';

const read = new Set(['model', 'system', 'messages', 'tools']);

/** Test cases of Anthropic's console (CSV whose columns are variables), and requests of the Messages API. */
export const anthropic: Format = {
	id: 'anthropic',
	label: 'Anthropic (console CSV, Messages JSON)',
	detect(file) {
		const { json } = file;
		if (isRecord(json) && Array.isArray(json['messages'])) {
			const isClaude = typeof json['model'] === 'string' && json['model'].startsWith('claude');
			return isClaude ? 0.9 : 'system' in json && 'max_tokens' in json ? 0.7 : 0;
		}
		const header = csvHeader(file) ?? [];
		return header.length > 0 && header.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)) ? 0.6 : 0;
	},
	read(file) {
		const findings = new Findings();
		if (/\.csv$/i.test(file.name)) {
			const cases = csvRows(file).map(({ row }, index) => ({
				name: String(index + 1),
				vars: row,
				expand: false,
			}));
			const names = (csvHeader(file) ?? []).join(', ');
			findings.kept(names, l10n.t('They are variables: run the cases with a prompt that names them'));
			return {
				format: 'anthropic',
				drafts: [],
				suites: cases.length === 0 ? [] : [{ name: file.stem, text: suiteText({ cases }) }],
				fixtures: [],
				report: findings.report(),
			};
		}
		const json = file.requireJson() as Fields;
		const messages = [...systemMessages(json['system']), ...recordsOf(json['messages'])];
		const found = chatDraft(file.stem, messages, 'system', findings);
		if (!found) {
			throw brokenAt({ line: 1, column: 1 }, l10n.t('There is no message of the system or the user'));
		}
		const tools = functionTools(json['tools'], findings);
		const model = scalarText(json['model']);
		const settings = Object.fromEntries(Object.entries(json).filter(([name]) => !read.has(name)));
		const isAnswered = recordsOf(json['messages']).some(({ role }) => role === 'assistant');
		return {
			format: 'anthropic',
			drafts: [
				{
					...found.draft,
					kind: tools.length > 0 ? 'agent' : 'assistant',
					tools,
					...(model !== undefined && { model: `anthropic/${model}` }),
					...safeParameters(settings, findings),
				},
			],
			suites: found.suites,
			fixtures: isAnswered
				? fixturesOf(file.stem, 'Anthropic', conversationOf(messages, file.stem, findings))
				: [],
			report: findings.report(),
		};
	},
};

function systemMessages(system: unknown): Fields[] {
	const text = typeof system === 'string' ? [{ type: 'text', text: system }] : listOf(system);
	return text.length === 0 ? [] : [{ role: 'system', content: text }];
}
