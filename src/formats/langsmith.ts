import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { conversationOf, fixturesOf, type LabelledConversation } from './messages/fixtureText.ts';
import { contentText } from './messages/promptOfMessages.ts';
import { samplesSuite, type Sample } from './messages/samples.ts';
import { csvHeader, csvRows } from './reading/csvRows.ts';
import { Findings } from './reading/findings.ts';
import type { ForeignFile } from './reading/foreignFile.ts';
import { asText, isRecord, listOf, recordsOf, scalarText, textsOf, type Fields } from './reading/values.ts';

const answers =
	/^(?:answers?|outputs?|expected(?:_output)?|reference(?:_answer)?|ground[_ ]?truth|label|ideal|completion)$/i;
const questions = /^(?:question|query|input|prompt|text|user_?input)$/i;

function isExample(value: unknown): boolean {
	return isRecord(value) && isRecord(value['inputs']);
}

/** Examples of LangSmith: JSON, JSON Lines, or CSV whose columns are distinguished by their names. */
export const langsmith: Format = {
	id: 'langsmith',
	label: 'LangSmith examples',
	detect(file) {
		if (isExample(file.firstLine) || (Array.isArray(file.json) && isExample(file.json[0]))) {
			return 0.9;
		}
		const header = csvHeader(file);
		return header && header.some((name) => answers.test(name)) && header.some((name) => questions.test(name))
			? 0.3
			: 0;
	},
	read(file) {
		const findings = new Findings();
		const conversations: LabelledConversation[] = [];
		const samples = [...examplesOf(file, findings)].map(({ inputs, outputs, metadata, line }, index): Sample => {
			const name = String(index + 1);
			const messages = recordsOf(inputs['messages']);
			const answered = recordsOf(outputs['messages']);
			if (answered.length > 0) {
				conversations.push(...conversationOf([...messages, ...answered], name, findings, line));
			}
			const expected =
				answered.length > 0
					? answered.map(({ content }) => contentText(content, findings, line)).join('\n\n')
					: expectedOf(outputs);
			const split = isRecord(metadata) ? textsOf(metadata['dataset_split']) : [];
			const tagged = split.filter((tag) => tag !== 'base');
			const asked = messages.length > 0 ? messages : [{ role: 'user', content: questionOf(inputs) }];
			return {
				...(line !== undefined && { line }),
				messages: asked.map(({ role, content }) => ({
					role: scalarText(role) ?? '',
					content: contentText(content, findings, line),
				})),
				own: {
					name,
					...(expected !== undefined && { expected }),
					...(tagged.length > 0 && { tags: tagged }),
					...(isRecord(metadata) && { metadata }),
					...(messages.length === 0 && Object.keys(inputs).length > 1 && { vars: inputs, expand: false }),
				},
			};
		});
		findings.kept('outputs', l10n.t('Examples say no evaluator: add assertions that compare with {{expected}}'));
		return {
			format: 'langsmith',
			...samplesSuite(samples, file.stem, findings),
			fixtures: fixturesOf(file.stem, 'LangSmith', conversations),
			report: findings.report(),
		};
	},
};

interface Example {
	inputs: Fields;
	outputs: Fields;
	metadata?: unknown;
	line?: number;
}

function* examplesOf(file: ForeignFile, findings: Findings): Generator<Example> {
	if (/\.csv$/i.test(file.name)) {
		const header = csvHeader(file) ?? [];
		const output = header.filter((name) => answers.test(name));
		findings.changed(
			output.join(', '),
			l10n.t('By their names these columns are answers, and all others are inputs'),
		);
		for (const { row, line } of csvRows(file)) {
			const split = (isOutput: boolean) =>
				Object.fromEntries(Object.entries(row).filter(([name]) => output.includes(name) === isOutput));
			yield { inputs: split(false), outputs: split(true), line };
		}
		return;
	}
	const rows = Array.isArray(file.json) ? listOf(file.json).map((value) => ({ value })) : file.rows();
	for (const row of rows) {
		const value = isRecord(row.value) ? row.value : {};
		yield {
			inputs: isRecord(value['inputs']) ? value['inputs'] : {},
			outputs: isRecord(value['outputs']) ? value['outputs'] : {},
			metadata: value['metadata'],
			...('line' in row && { line: row.line }),
		};
	}
}

/** The one input, or the one that is named like a question, with all others as variables. */
function questionOf(inputs: Fields): string {
	const entries = Object.entries(inputs);
	const [, value] = entries.find(([name]) => questions.test(name)) ?? entries[0] ?? [];
	return asText(value ?? '');
}

function expectedOf(outputs: Fields): unknown {
	const values = Object.values(outputs);
	return values.length === 0 ? undefined : values.length === 1 ? values[0] : outputs;
}
