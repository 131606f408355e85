import * as l10n from '@vscode/l10n';
import { isVariableName } from '../prompts/variables/nameForms.ts';
import type { Format } from './imported.ts';
import { literalBody, markdownDraft } from './markdown/markdownDraft.ts';
import { namedTools } from './markdown/toolNames.ts';
import { Findings } from './reading/findings.ts';
import { textsOf } from './reading/values.ts';
import { TemplateWriter } from './template/templateWriter.ts';
import { variablesOf, type KnownVariable } from './template/variablesOf.ts';

const inputs = /\$\{input:([^}:\n]+)(?::([^}\n]*))?\}/g;
const editors = /\$\{(?:workspaceFolder(?:Basename)?|selection|selectedText|file\w*)\}/g;

/** A prompt file of VS Code, `.prompt.md`, which the editor has replaced by skills: it is read and not written. */
export const promptFile: Format = {
	id: 'prompt-file',
	label: 'Prompt file (.prompt.md)',
	detect: ({ name }) => (/\.prompt\.md$/i.test(name) ? 1 : 0),
	read(file) {
		const findings = new Findings();
		const known: Record<string, KnownVariable> = {};
		const { draft, frontMatter } = markdownDraft(file, findings, {
			format: 'prompt-file',
			kind: 'assistant',
			read: ['name', 'description', 'model', 'tools'],
			textOf: (body) => withInputs(body, known, findings),
		});
		const { fields, lineOf } = frontMatter;
		const [model] = textsOf(fields['model']);
		if (model !== undefined) {
			draft.model = model;
			findings.kept(
				'model',
				l10n.t('"{0}" is a name of the editor: choose the model of tests yourself', model),
				lineOf('model'),
			);
		}
		draft.tools = namedTools(fields['tools'], findings, lineOf('tools'));
		draft.variables = variablesOf([draft.text], known);
		draft.promptRole = 'user';
		findings.changed(
			file.name,
			l10n.t('The editor sends such a prompt as the message of the user, and so do tests'),
		);
		return { format: 'prompt-file', drafts: [draft], suites: [], fixtures: [], report: findings.report() };
	},
};

function withInputs(body: string, known: Record<string, KnownVariable>, findings: Findings): string {
	const writer = new TemplateWriter();
	let done = 0;
	for (const match of body.matchAll(inputs)) {
		const [written, name = '', placeholder] = match;
		if (!isVariableName(name)) {
			findings.dropped(written, l10n.t('A variable cannot have this name: it stays in the text'));
			continue;
		}
		writer.literal(body.slice(done, match.index));
		writer.tag(`{{${name}}}`);
		known[name] = placeholder === undefined ? {} : { note: placeholder };
		done = match.index + written.length;
	}
	for (const name of new Set(body.match(editors))) {
		findings.kept(name, l10n.t('The editor fills this in; here it stays text'));
	}
	if (done === 0) {
		return literalBody(body, findings);
	}
	writer.literal(body.slice(done));
	return writer.finish(findings);
}
