import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { markdownDraft } from './markdown/markdownDraft.ts';
import { namedTools } from './markdown/toolNames.ts';
import { Findings } from './reading/findings.ts';
import { textsOf } from './reading/values.ts';

/** Fields that start programs or reach servers. */
const running = ['hooks', 'mcp-servers'];

/** An agent of VS Code or Claude Code: `.agent.md`, the older `.chatmode.md`, and files of `.claude/agents`. */
export const agent: Format = {
	id: 'agent',
	label: 'Custom agent (.agent.md, .chatmode.md)',
	detect({ name, path }) {
		if (/\.(?:agent|chatmode)\.md$/i.test(name)) {
			return 1;
		}
		return /(?:^|\/)\.(?:claude|github)\/agents\/[^/]+\.md$/i.test(path) ? 0.9 : 0;
	},
	read(file) {
		const findings = new Findings();
		const { draft, frontMatter } = markdownDraft(file, findings, {
			format: 'agent',
			kind: 'agent',
			read: ['name', 'description', 'model', 'tools', ...running],
		});
		const { fields, lineOf } = frontMatter;
		const [model, ...others] = textsOf(fields['model']);
		if (model !== undefined) {
			draft.model = model;
			findings.kept(
				'model',
				l10n.t('"{0}" is a name of the editor: choose the model of tests yourself', model),
				lineOf('model'),
			);
		}
		for (const other of others) {
			findings.dropped(other, l10n.t('A draft has one model'), lineOf('model'));
		}
		draft.tools = namedTools(fields['tools'], findings, lineOf('tools'));
		for (const field of running.filter((name) => fields[name] !== undefined)) {
			findings.dropped(
				field,
				l10n.t('It starts programs or reaches servers, which no file may set'),
				lineOf(field),
			);
		}
		findings.changed(
			file.name,
			l10n.t('The editor puts the text before the message of the user; tests here send it as the system message'),
		);
		const kept = { ...draft.origin?.fields, ...pick(fields, ['model', 'tools']) };
		if (Object.keys(kept).length > 0) {
			draft.origin = { format: 'agent', fields: kept };
		}
		return { format: 'agent', drafts: [draft], suites: [], fixtures: [], report: findings.report() };
	},
};

function pick(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}
