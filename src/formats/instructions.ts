import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { markdownDraft } from './markdown/markdownDraft.ts';
import { Findings } from './reading/findings.ts';

/** Instructions of VS Code that hold for some files: `.instructions.md`. */
export const instructions: Format = {
	id: 'instructions',
	label: 'Instructions (.instructions.md)',
	detect: ({ name }) => (/\.instructions\.md$/i.test(name) ? 1 : 0),
	read(file) {
		const findings = new Findings();
		const { draft, frontMatter } = markdownDraft(file, findings, {
			format: 'instructions',
			kind: 'assistant',
			read: ['name', 'description', 'applyTo'],
		});
		const applyTo = frontMatter.fields['applyTo'];
		if (applyTo !== undefined) {
			const note = l10n.t(
				'They only hold for these files, which a test does not know; an export writes it again',
			);
			findings.kept('applyTo', note, frontMatter.lineOf('applyTo'));
			draft.origin = { format: 'instructions', fields: { ...draft.origin?.fields, applyTo } };
		}
		return { format: 'instructions', drafts: [draft], suites: [], fixtures: [], report: findings.report() };
	},
};
