import * as l10n from '@vscode/l10n';
import { dotpromptMessages } from './dotprompt/roles.ts';
import { inputVariables } from './dotprompt/picoschema.ts';
import type { Format, ImportedDraft } from './imported.ts';
import { namedTools } from './markdown/toolNames.ts';
import { promptOfMessages } from './messages/promptOfMessages.ts';
import { casesOfMessages, promptSuite } from './messages/promptSuite.ts';
import { functionTools } from './openai/promptObject.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { readFrontMatter } from './reading/frontMatter.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, scalarText } from './reading/values.ts';
import { variablesOf } from './template/variablesOf.ts';
import { linePositions } from './source/linePositions.ts';

const read = new Set(['name', 'description', 'model', 'tools', 'toolDefs', 'config', 'input']);

/** A prompt of Dotprompt, as Genkit has them. */
export const dotprompt: Format = {
	id: 'dotprompt',
	label: 'Dotprompt (.prompt)',
	detect: ({ name, text }) =>
		/\.prompt$/i.test(name) ? 0.9 : /\{\{#?role\s+"/.test(text) && /^(?:#|---)/.test(text) ? 0.7 : 0,
	read(file) {
		const findings = new Findings();
		const { fields, lineOf, body, bodyLine } = readFrontMatter(file, { comments: true });
		const positionAt = linePositions(body);
		const messages = dotpromptMessages(body, findings, (offset) => positionAt(offset).line + bodyLine - 1);
		const prompt = promptOfMessages(messages, findings);
		if (!prompt) {
			throw brokenAt({ line: bodyLine, column: 1 }, l10n.t('There is no message of the system or the user'));
		}
		const input = isRecord(fields['input']) ? fields['input'] : {};
		const defaults = isRecord(input['default']) ? input['default'] : {};
		if (typeof input['schema'] === 'string') {
			findings.dropped(
				input['schema'],
				l10n.t('The schema stands elsewhere: variables are those that the text names'),
				lineOf('input'),
			);
		}
		const name = scalarText(fields['name']) ?? file.stem;
		const model = scalarText(fields['model']);
		const description = scalarText(fields['description']);
		const texts = [prompt.text, prompt.query ?? '', ...(prompt.messages ?? []).map(({ content }) => content)];
		const tools = [
			...functionTools(fields['toolDefs'], findings),
			...namedTools(fields['tools'], findings, lineOf('tools')),
		];
		const draft: ImportedDraft = {
			name,
			...(description !== undefined && { description }),
			text: prompt.text,
			kind: tools.length > 0 ? 'agent' : 'assistant',
			variables: variablesOf(texts, inputVariables(input['schema'], defaults)),
			tools: tools.filter((tool, index) => tools.findIndex((other) => other.name === tool.name) === index),
			promptRole: prompt.promptRole,
			...(model !== undefined && { model }),
			...safeParameters(fields['config'], findings, lineOf('config')),
			...(prompt.query !== undefined && { questions: [prompt.query] }),
			...originOf('dotprompt', fields, read, findings, lineOf),
		};
		return {
			format: 'dotprompt',
			drafts: [draft],
			suites: promptSuite(name, prompt, casesOfMessages(prompt)),
			fixtures: [],
			report: findings.report(),
		};
	},
};
