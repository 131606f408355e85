import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { markdownDraft } from './markdown/markdownDraft.ts';
import { Findings } from './reading/findings.ts';

const known = /^(?:agents|claude|claude\.local|gemini|copilot-instructions|\.cursorrules|\.windsurfrules)(?:\.md)?$/i;

/** Instructions that agents always read: AGENTS.md, CLAUDE.md, copilot-instructions.md and rules of `.claude/rules`. */
export const markdown: Format = {
	id: 'markdown',
	label: 'Markdown (AGENTS.md, CLAUDE.md, copilot-instructions.md, rules)',
	detect({ name, path }) {
		if (known.test(name)) {
			return 0.9;
		}
		if (/(?:^|\/)\.claude\/rules\//.test(path)) {
			return 0.8;
		}
		return /\.(?:md|markdown|txt)$/i.test(name) ? 0.1 : 0;
	},
	read(file) {
		const findings = new Findings();
		const { draft, frontMatter } = markdownDraft(file, findings, {
			format: 'markdown',
			kind: 'assistant',
			read: ['name', 'description'],
		});
		if (frontMatter.fields['paths'] !== undefined) {
			findings.kept(
				'paths',
				l10n.t('The rule only holds for these files, which a test does not know'),
				frontMatter.lineOf('paths'),
			);
		}
		return { format: 'markdown', drafts: [draft], suites: [], fixtures: [], report: findings.report() };
	},
};
