import * as l10n from '@vscode/l10n';
import type { Format, ImportedDraft } from './imported.ts';
import { fixturesOf, type LabelledConversation } from './messages/fixtureText.ts';
import { recordedDrafts } from './messages/recordedDrafts.ts';
import { usageNote } from './messages/usageNote.ts';
import { withoutPrefixes } from './messages/withoutPrefixes.ts';
import { functionTools } from './openai/promptObject.ts';
import { spanConversation, structured } from './otel/conversation.ts';
import { repeatedLines } from './otel/repeatedLines.ts';
import { selectSpans } from './otel/selectSpans.ts';
import { findSpans, hasGenAi, type GenAiSpan } from './otel/spans.ts';
import { Findings } from './reading/findings.ts';
import type { ForeignFile } from './reading/foreignFile.ts';
import { isRecord, scalarText, type Fields } from './reading/values.ts';

const parameters: Readonly<Record<string, string>> = {
	'gen_ai.request.temperature': 'temperature',
	'gen_ai.request.max_tokens': 'max_tokens',
	'gen_ai.request.top_p': 'top_p',
};

/** Recorded calls of models in OpenTelemetry's GenAI conventions, as OTLP JSON, JSON Lines or attributes. */
export const otel: Format = {
	id: 'otel',
	label: 'OpenTelemetry GenAI (OTLP JSON, JSON Lines)',
	detect({ json, firstLine }) {
		const sample = json ?? firstLine;
		if (isRecord(sample) && (hasGenAi(sample) || 'resourceSpans' in sample || 'resourceLogs' in sample)) {
			return 0.95;
		}
		return findSpans(Array.isArray(sample) ? sample.slice(0, 20) : sample).next().done === true ? 0 : 0.9;
	},
	selectLine: selectSpans,
	repeatedLines,
	read(file) {
		const findings = new Findings();
		const details = new Map<LabelledConversation, GenAiSpan>();
		const found: LabelledConversation[] = [];
		let silent = 0;
		let hasUsage = false;
		for (const span of spansOf(file)) {
			const { attributes } = span;
			hasUsage ||= Object.keys(attributes).some((key) => key.startsWith('gen_ai.usage.'));
			const name =
				scalarText(attributes['gen_ai.conversation.id']) ??
				(span.traceId || scalarText(attributes['gen_ai.request.model'])) ??
				'conversation';
			const conversation = spanConversation(span, `${name} ${found.length + 1}`, findings);
			if (conversation) {
				details.set(conversation, span);
				found.push(conversation);
			} else {
				silent++;
			}
		}
		const conversations = withoutPrefixes(found);
		if (silent > 0) {
			findings.dropped(
				l10n.t('{0} spans', silent),
				l10n.t('They carry no messages: turn on the capture of content where they are recorded'),
			);
		}
		if (conversations.length < found.length) {
			findings.dropped(
				l10n.t('{0} spans', found.length - conversations.length),
				l10n.t('Each only is the beginning of another one'),
			);
		}
		usageNote(hasUsage, findings);
		const drafts = recordedDrafts(file.stem, conversations, findings, (one) =>
			detailsOf(details.get(one)?.attributes ?? {}, findings),
		);
		return {
			format: 'otel',
			drafts,
			suites: [],
			fixtures: fixturesOf(file.stem, 'OpenTelemetry', conversations),
			report: findings.report(),
		};
	},
};

function* spansOf(file: ForeignFile): Generator<GenAiSpan> {
	if (file.json !== undefined) {
		yield* findSpans(file.json);
		return;
	}
	for (const { value, line } of file.rows()) {
		yield* findSpans(value, line);
	}
}

function detailsOf(attributes: Fields, findings: Findings): Partial<ImportedDraft> {
	const model = scalarText(attributes['gen_ai.request.model']) ?? scalarText(attributes['gen_ai.response.model']);
	const provider = scalarText(attributes['gen_ai.provider.name']) ?? scalarText(attributes['gen_ai.system']);
	const set = Object.entries(parameters).flatMap(([key, name]) =>
		attributes[key] === undefined ? [] : [[name, attributes[key]] as const],
	);
	return {
		...(model !== undefined && {
			model: provider === 'openai' || provider === 'anthropic' ? `${provider}/${model}` : model,
		}),
		...(set.length > 0 && { parameters: Object.fromEntries(set) }),
		tools: functionTools(structured(attributes['gen_ai.tool.definitions']), findings),
	};
}
